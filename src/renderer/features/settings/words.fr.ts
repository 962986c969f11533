import type { FrenchOf } from '../../lib/words/french-of.ts'
import type { settingsWords } from './words.en.ts'

export const settingsWordsFr: FrenchOf<typeof settingsWords> = {
  appearance: 'Apparence',
  theme: 'Thème',
  themeHint: '« Système » suit le clair et le sombre de votre ordinateur.',
  themes: { system: 'Système', light: 'Clair', dark: 'Sombre' },
  language: 'Langue',
  languageHint: '« Système » prend le français ou l’anglais, selon votre ordinateur.',
  languages: { system: 'Système', en: 'English', fr: 'Français' },
  about: 'À propos de cette console',
  version: 'Version',
  entry: 'Fonctionne comme',
  entries: { desktop: 'application de bureau', web: 'page web, servie par cette machine' },
  operator: 'Opérateur',
  operatorHint: 'Le nom que l’audit enregistre',
  dataDirectory: 'Dossier de données',
  dataDirectoryHint: 'Réglages et audit (vigie.db) ; aucun mot de passe',
  apiDocs: 'API HTTP',
  apiDocsLink: 'Description de chaque procédure',
  shortcuts: 'Clavier',
  shortcutsHint:
    'Ces raccourcis fonctionnent partout, sauf pendant la saisie dans un champ. Appuyez sur ? sur une page pour voir ceux qui lui sont propres.',
}
