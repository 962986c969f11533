import type { commonWords } from './common.en.ts'
import type { FrenchOf } from './french-of.ts'

export const commonWordsFr: FrenchOf<typeof commonWords> = {
  page: {
    queues: 'Files',
    jobs: 'Tâches',
    failures: 'Échecs',
    mirror: 'Miroir',
    audit: 'Audit',
    environments: 'Environnements',
    settings: 'Réglages',
  },
  state: {
    active: 'en cours',
    waiting: 'en attente',
    prioritized: 'prioritaire',
    delayed: 'différée',
    'waiting-children': 'attend ses filles',
    failed: 'échouée',
    completed: 'terminée',
    paused: 'en pause',
    removed: 'supprimée',
    unknown: 'sans état',
  },
  kind: {
    development: 'développement',
    staging: 'préproduction',
    production: 'PRODUCTION',
  },
  queue: 'File',
  job: 'Tâche',
  environment: 'Environnement',
  close: 'Fermer',
  cancel: 'Annuler',
  refresh: 'Actualiser',
  clear: 'Effacer',
  none: 'aucun',
  unknown: 'inconnu',
}
