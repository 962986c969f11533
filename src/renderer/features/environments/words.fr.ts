import type { FrenchOf } from '../../lib/words/french-of.ts'
import type { environmentsWords } from './words.en.ts'

export const environmentsWordsFr: FrenchOf<typeof environmentsWords> = {
  choose: 'Environnement : {{name}}, {{kind}}',
  chooseOne: 'Choisir un environnement',
  switch: 'Changer d’environnement',
  none: 'Aucun environnement',
  current: 'celui où vous êtes',
  filter: 'Chercher un environnement',
  clearFilter: 'Effacer le filtre',
  noFolder: 'hors dossier',
  noMatch: 'Aucun environnement ne correspond à « {{text}} ».',
  overview_one: 'Vue d’ensemble',
  overview_many: 'Vue d’ensemble des {{count, number}}',
  overview_other: 'Vue d’ensemble des {{count, number}}',
  details: 'À propos de {{name}}',
  search: 'Rechercher',
  searchLabel: 'Recherche et commandes',
  command: {
    switch: 'Passer à {{name}}',
    connect: 'Connecter {{name}}',
    disconnect: 'Déconnecter {{name}}',
    filter: 'Chercher un environnement',
  },
  notice: {
    locked: '{{name}} est de nouveau verrouillé',
    lockedText: 'Toute action y est refusée tant qu’il n’est pas déverrouillé.',
    moved: 'Un autre serveur répond pour {{name}}',
    movedText: 'C’était {{from}}, c’est maintenant {{to}}.',
    lost_one: '{{names}} ne répond pas',
    lost_many: '{{count, number}} d’environnements ne répondent pas : {{names}}',
    lost_other: '{{count, number}} environnements ne répondent pas : {{names}}',
    lostText: 'Vigie réessaie tout seul.',
    back_one: '{{names}} est de retour',
    back_many: '{{count, number}} d’environnements sont de retour : {{names}}',
    back_other: '{{count, number}} environnements sont de retour : {{names}}',
  },
}
