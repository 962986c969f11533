import type { FrenchOf } from '../../lib/words/french-of.ts'
import type { environmentsWords } from './words.en.ts'

export const environmentsWordsFr: FrenchOf<typeof environmentsWords> = {
  choose: 'Environnement : {{name}}, {{kind}}',
  none: 'Aucun environnement',
  lock: {
    open: 'jamais verrouillé',
    locked: 'verrouillé',
    unlocked: 'déverrouillé',
    'view-only': 'consultation seule',
  },
  demo: 'démo',
  search: 'Rechercher',
  searchLabel: 'Recherche et commandes',
  latency: '{{latency}} aller-retour',
  address: 'Adresse',
  prefix: 'Préfixe',
  kind: 'Nature',
  redis: 'Redis',
  connection: 'Connexion',
  since: 'Depuis',
  lastAnswer: 'Dernière réponse',
  never: 'jamais',
  roundTrip: 'Aller-retour',
  access: 'Accès',
  lost: 'Redis est absent',
  lostSince: 'Vous voyez ce qu’il y avait à {{time}}.',
  nextTry: 'Prochain essai dans {{seconds}} s.',
  trying: 'Essai en cours…',
  unreachable: 'Redis est injoignable à {{address}}',
  refused: 'Redis à {{address}} refuse Vigie',
  unreachableText: 'Vigie continue d’essayer et affiche les files dès qu’il répond.',
  refusedText:
    'Vigie ne réessaie pas tout seul avec le même utilisateur. Relancez-le avec un utilisateur autorisé.',
  connectingTo: 'Connexion à {{address}}…',
  auditStays: 'L’audit peut être lu sans lui.',
  toAudit: 'Ouvrir l’audit',
}
