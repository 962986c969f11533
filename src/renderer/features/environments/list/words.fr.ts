import type { FrenchOf } from '../../../lib/words/french-of.ts'
import type { environmentListWords } from './words.en.ts'

export const environmentListWordsFr: FrenchOf<typeof environmentListWords> = {
  create: 'Nouvel environnement',
  importFile: 'Importer…',
  exportAll: 'Exporter…',
  more: 'Que faire de {{name}}',
  edit: 'Modifier…',
  duplicate: 'Dupliquer…',
  saveAs: 'Enregistrer comme environnement…',
  up: 'Monter',
  down: 'Descendre',
  test: 'Tester la connexion…',
  remove: 'Supprimer…',
  command: {
    create: 'Nouvel environnement…',
    edit: 'Modifier {{name}}…',
    test: 'Tester la connexion à {{name}}…',
    importFile: 'Importer des environnements…',
    exportAll: 'Exporter les environnements…',
  },
  moved: '{{name}} est maintenant le numéro {{place}} sur {{count}}',
  removeTitle: 'Supprimer {{name}} ?',
  removeText: 'Vigie oublie comment joindre {{address}}, avec les secrets gardés pour lui.',
  removeStays: 'Redis et ses files ne sont pas touchés, et l’audit de ce qui a été fait reste.',
  removeName: 'Tapez son nom pour confirmer : {{name}}',
  removeButton: 'Supprimer l’environnement',
  keychainAway:
    'Le trousseau ne peut pas être utilisé : les secrets de {{name}} ne peuvent pas en être retirés.',
  keychainAwayNext:
    'Déverrouillez-le et réessayez. S’il a disparu pour de bon, supprimez le reste sans lui.',
  leaveSecrets: 'Supprimer {{name}} et laisser ses secrets dans le trousseau',
  removed: '{{name}} a été supprimé',
  removedAudit: 'Son audit',
}
