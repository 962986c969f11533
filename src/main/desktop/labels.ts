import type { Settings } from '#shared/contract/settings.ts'

const en = {
  file: 'File',
  quit: 'Quit Vigie',
  closeWindow: 'Close window',
  showData: 'Show data folder',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  reload: 'Reload',
  developerTools: 'Developer tools',
  actualSize: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  theme: 'Theme',
  themeSystem: 'Same as the system',
  themeLight: 'Light',
  themeDark: 'Dark',
  language: 'Language',
  languageSystem: 'Same as the system',
  window: 'Window',
  minimize: 'Minimize',
  zoomWindow: 'Zoom',
  front: 'Bring all to front',
  help: 'Help',
  documentation: 'BullMQ documentation',
  about: 'About Vigie',
  hide: 'Hide Vigie',
  hideOthers: 'Hide others',
  showAll: 'Show all',
  linkTitle: 'Open this address in your browser?',
  linkOpen: 'Open in browser',
  cancel: 'Cancel',
  crashed: 'The window stopped working',
  crashedDetail:
    'It was reloaded and stopped again. Nothing in Redis was changed by this. Actions that were under way are in the audit.',
  hung: 'The window does not respond',
  hungDetail: 'You can wait, or reload it. Actions that were under way are in the audit.',
  wait: 'Wait',
  startFailed: 'Vigie cannot start',
  startFailedDetail: 'An unexpected error. Nothing in Redis was changed. Details:',
  storeNewer: 'These data were written by a newer version of Vigie',
  storeNewerDetail:
    'Nothing was changed. Install that version, or start with another data folder (--data). Folder:',
  storeDamaged: 'Vigie’s database is damaged',
  storeDamagedDetail:
    'Nothing was changed. Put back the newest intact copy from the “backups” folder beside it, or start with another data folder (--data). Folder:',
  storeUnavailable: 'Vigie’s database cannot be opened',
  storeUnavailableDetail:
    'Nothing was changed. Check that the disk is not full and that you may write there, or start with another data folder (--data). Folder:',
  unexpected: 'Vigie met an unexpected error and has to close',
}

export type Labels = Readonly<Record<keyof typeof en, string>>
export type Language = 'en' | 'fr'

const fr: Labels = {
  file: 'Fichier',
  quit: 'Quitter Vigie',
  closeWindow: 'Fermer la fenêtre',
  showData: 'Afficher le dossier des données',
  edit: 'Édition',
  undo: 'Annuler',
  redo: 'Rétablir',
  cut: 'Couper',
  copy: 'Copier',
  paste: 'Coller',
  selectAll: 'Tout sélectionner',
  view: 'Affichage',
  reload: 'Recharger',
  developerTools: 'Outils de développement',
  actualSize: 'Taille réelle',
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  fullScreen: 'Plein écran',
  theme: 'Thème',
  themeSystem: 'Comme le système',
  themeLight: 'Clair',
  themeDark: 'Sombre',
  language: 'Langue',
  languageSystem: 'Comme le système',
  window: 'Fenêtre',
  minimize: 'Réduire dans la barre',
  zoomWindow: 'Ajuster la taille',
  front: 'Tout ramener au premier plan',
  help: 'Aide',
  documentation: 'Documentation de BullMQ',
  about: 'À propos de Vigie',
  hide: 'Masquer Vigie',
  hideOthers: 'Masquer les autres',
  showAll: 'Tout afficher',
  linkTitle: 'Ouvrir cette adresse dans votre navigateur ?',
  linkOpen: 'Ouvrir dans le navigateur',
  cancel: 'Annuler',
  crashed: 'La fenêtre a cessé de fonctionner',
  crashedDetail:
    'Elle a été rechargée puis s’est arrêtée de nouveau. Rien n’a été modifié dans Redis de ce fait. Les actions en cours figurent dans l’audit.',
  hung: 'La fenêtre ne répond pas',
  hungDetail: 'Vous pouvez attendre ou la recharger. Les actions en cours figurent dans l’audit.',
  wait: 'Attendre',
  startFailed: 'Vigie ne peut pas démarrer',
  startFailedDetail: 'Erreur inattendue. Rien n’a été modifié dans Redis. Détails :',
  storeNewer: 'Ces données ont été écrites par une version plus récente de Vigie',
  storeNewerDetail:
    'Rien n’a été modifié. Installez cette version, ou démarrez avec un autre dossier de données (--data). Dossier :',
  storeDamaged: 'La base de données de Vigie est endommagée',
  storeDamagedDetail:
    'Rien n’a été modifié. Remettez en place la copie intacte la plus récente du dossier « backups » voisin, ou démarrez avec un autre dossier de données (--data). Dossier :',
  storeUnavailable: 'La base de données de Vigie ne peut pas être ouverte',
  storeUnavailableDetail:
    'Rien n’a été modifié. Vérifiez que le disque n’est pas plein et que vous pouvez y écrire, ou démarrez avec un autre dossier de données (--data). Dossier :',
  unexpected: 'Vigie a rencontré une erreur inattendue et doit se fermer',
}

const catalogue: Readonly<Record<Language, Labels>> = { en, fr }

/** The language to speak: the one chosen, else the system's where it is known, else English. */
export function languageOf(choice: Settings['language'], systemLocale: string): Language {
  if (choice !== 'system') return choice
  return systemLocale.toLowerCase().split(/[-_]/, 1)[0] === 'fr' ? 'fr' : 'en'
}

/** The shell's own words: menus and native dialogs. Everything on the page is the renderer's. */
export function labelsIn(language: Language): Labels {
  return catalogue[language]
}
