import type { FrenchOf } from '../../../lib/words/french-of.ts'
import type { environmentTransferWords } from './words.en.ts'

export const environmentTransferWordsFr: FrenchOf<typeof environmentTransferWords> = {
  exportTitle: 'Exporter des environnements',
  exportIntro: 'Écrit un fichier qu’un autre Vigie peut importer.',
  which: 'Environnements',
  secrets: 'Secrets',
  secretsChoice: { without: 'Laissés de côté', with: 'Chiffrés' },
  withoutHint:
    'Mots de passe et clés restent ici ; qui importe le fichier tape les siens. Noms, adresses et utilisateurs sont lisibles.',
  withHint:
    'Mots de passe et clés sont chiffrés par la phrase secrète ; noms, adresses et utilisateurs restent lisibles. Qui a le fichier et la phrase peut se connecter.',
  passphrase: 'Phrase secrète',
  passphraseHint: 'Au moins {{least}} caractères. Elle ne peut pas être retrouvée.',
  passphraseAgain: 'Phrase secrète, encore',
  passphraseShort: 'Au moins {{least}} caractères.',
  passphraseDiffers: 'Différente de la première.',
  noneChosen: 'Choisissez-en au moins un.',
  exportButton_one: 'Exporter {{count}} environnement',
  exportButton_many: 'Exporter {{count}} environnements',
  exportButton_other: 'Exporter {{count}} environnements',
  nothing: 'Il n’y a rien à exporter : aucun environnement n’est encore enregistré ici.',
  importTitle: 'Importer des environnements',
  importIntro:
    'Ajoute les environnements d’un fichier exporté. Aucun de ceux qui sont là ne change.',
  drop: 'Déposez un fichier ici, ou choisissez-en un.',
  choose: 'Choisir un fichier…',
  other: 'Un autre fichier…',
  contains_one: '{{name}} contient un environnement,',
  contains_many: '{{name}} contient {{count}} environnements,',
  contains_other: '{{name}} contient {{count}} environnements,',
  sealed: 'avec secrets, chiffrés.',
  unsealed: 'sans secrets.',
  taken: 'nom déjà pris : il reçoit un numéro',
  lockedToo:
    'Ceux qui mènent aux files d’un environnement verrouillé arrivent verrouillés, eux aussi.',
  empty: 'Il n’y a aucun environnement dans ce fichier.',
  leaveOut: 'Laisser les secrets de côté',
  leaveOutHint: 'Aucune phrase secrète n’est alors nécessaire.',
  unconnected: 'Ils restent hors ligne jusqu’à ce que vous les connectiez.',
  importButton_one: 'Ajouter {{count}} environnement',
  importButton_many: 'Ajouter {{count}} environnements',
  importButton_other: 'Ajouter {{count}} environnements',
  imported_one: '{{count}} environnement a été ajouté',
  imported_many: '{{count}} environnements ont été ajoutés',
  imported_other: '{{count}} environnements ont été ajoutés',
  importedSecrets_one: 'Avec un secret.',
  importedSecrets_many: 'Avec {{count}} secrets.',
  importedSecrets_other: 'Avec {{count}} secrets.',
  importedNoSecrets: 'Sans secrets : tapez-les avant de connecter.',
  problem: {
    'not-a-transfer': 'Ce n’est pas un fichier d’environnements exportés.',
    'newer-version': 'Un Vigie plus récent a écrit ce fichier. Mettez à jour, puis importez-le.',
    damaged:
      'Le fichier a été modifié ou abîmé depuis l’export. Exportez-le de nouveau, ou laissez les secrets de côté seulement si vous avez confiance en sa provenance.',
    'passphrase-needed': 'Ses secrets demandent la phrase avec laquelle ils ont été exportés.',
    'passphrase-wrong': 'Ce n’est pas la phrase avec laquelle il a été exporté.',
    'profile-invalid':
      'Un environnement de ce fichier ne tient pas : un champ manque ou n’est pas valable.',
  },
}
