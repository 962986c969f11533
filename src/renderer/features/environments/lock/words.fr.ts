import type { FrenchOf } from '../../../lib/words/french-of.ts'
import type { lockWords } from './words.en.ts'

export const lockWordsFr: FrenchOf<typeof lockWords> = {
  state: {
    open: 'jamais verrouillé',
    locked: 'verrouillé',
    unlocked: 'déverrouillé',
    'view-only': 'consultation seule',
  },
  openHint: 'Relancer et supprimer modifient cet environnement à tout moment',
  viewOnlyHint: 'Réglé pour la consultation : il ne peut pas être déverrouillé',
  lockedHint: 'Toute action est refusée tant qu’il n’est pas déverrouillé',
  lockedLabel: 'Verrouillé : déverrouiller…',
  unlockedHint: 'Déverrouillé par {{by}} : {{reason}}',
  locksIn: 'verrouillé dans',
  soonSpoken: '{{name}} se verrouille dans moins d’une minute',
  lockNow: 'Verrouiller',
  lockNowHint: 'Refuser de nouveau toute action',
  unlock: 'Déverrouiller…',
  title: 'Déverrouiller {{name}}',
  allows:
    'Pendant la durée choisie, les tâches peuvent être relancées et supprimées ici. Il se verrouille de nouveau tout seul : à la fin, quand cette machine se met en veille et quand Vigie se ferme.',
  audited: 'Ce déverrouillage, son motif et chaque action sont gardés dans l’audit sous votre nom.',
  name: 'Saisissez son nom : {{name}}',
  nameMissing: 'Ce n’est pas « {{name}} », lettre pour lettre.',
  reason: 'Motif',
  reasonHint: 'Ce que vous allez faire ; gardé dans l’audit',
  reasonMissing: 'Dites pourquoi, en trois lettres au moins.',
  minutes: 'Minutes',
  unlockFor_one: 'Déverrouiller {{count, number}} minute',
  unlockFor_many: 'Déverrouiller {{count, number}} de minutes',
  unlockFor_other: 'Déverrouiller {{count, number}} minutes',
  command: { unlock: 'Déverrouiller {{name}}…', lock: 'Verrouiller {{name}} maintenant' },
  refusal: {
    title: {
      retry: 'Impossible de relancer des tâches ici en ce moment',
      remove: 'Impossible de supprimer des tâches ici en ce moment',
    },
    short: {
      'view-only': 'consultation seule',
      replica: 'ce Redis est un réplica',
      replication: 'ce Redis est un réplica sans son primaire',
      locked: 'verrouillé : déverrouillez d’abord',
      rights: 'l’utilisateur Redis n’a pas les droits',
    },
    text: {
      'view-only':
        '{{name}} est réglé pour la consultation seule. Son profil le dit, et le déverrouiller n’y change rien.',
      replica:
        'Le Redis de {{name}} est un réplica, qui n’accepte aucune modification. Connectez-vous au primaire pour agir.',
      replication:
        'Le Redis de {{name}} est un réplica qui a perdu son primaire et n’accepte aucune modification. Connectez-vous au primaire pour agir.',
      locked: '{{name}} est verrouillé. Déverrouillez-le pour quelques minutes, puis réessayez.',
      rights:
        'Il manque à l’utilisateur Redis {{user}} : {{missing}}. Qui gère ce Redis peut l’accorder ; ou utilisez un autre utilisateur.',
      away: '{{name}} est {{state}} : rien ne peut être modifié en ce moment.',
    },
    nobody: 'de cet environnement',
    something: 'des droits pour cela',
  },
}
