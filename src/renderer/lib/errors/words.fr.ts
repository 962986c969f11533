import type { FrenchOf } from '../words/french-of.ts'
import type { errorWords } from './words.en.ts'

export const errorWordsFr: FrenchOf<typeof errorWords> = {
  ENVIRONMENT_NOT_FOUND: {
    title: 'Environnement inconnu',
    detail: 'Cette console n’a pas d’environnement « {{environment}} ».',
    next: 'Choisissez-en un dans la barre du haut.',
  },
  ENVIRONMENT_UNREACHABLE: {
    title: 'Redis est injoignable',
    detail: '{{reason}} Rien n’a été modifié.',
    next: 'Vigie continue d’essayer tout seul.',
  },
  ENVIRONMENT_READ_ONLY: {
    title: 'Cet environnement est en lecture seule',
    detail: 'Aucune action n’y est faite. Rien n’a été modifié.',
    next: 'La production l’est toujours dans cette version ; tout autre environnement l’est quand Vigie a été lancé avec --read-only.',
  },
  PERMISSION_DENIED: {
    title: 'L’utilisateur Redis n’en a pas le droit',
    detail: 'Redis a refusé {{command}}. Rien n’a été modifié.',
    next: 'Connectez-vous avec un utilisateur dont l’ACL permet {{command}}.',
  },
  QUEUE_NOT_FOUND: {
    title: 'File inconnue',
    detail: 'Redis n’a pas de file « {{queue}} » sous ce préfixe.',
    next: 'Vérifiez son nom, ou regardez la liste des files.',
  },
  QUEUE_NAME_INVALID: {
    title: 'Ce n’est pas un nom de file',
    detail: '« {{queue}} » ne peut pas être le nom d’une file.',
    next: 'Un nom n’est pas vide et ne contient pas de deux-points.',
  },
  QUEUE_UNSUPPORTED: {
    title: 'Cette file est en lecture seule ici',
    detail:
      '« {{queue}} » a été écrite par {{version}}, que Vigie lit mais ne modifie pas. Rien n’a été modifié.',
    next: 'Utilisez les outils de cette bibliothèque.',
  },
  QUEUE_PAUSE_MIXED: {
    title: 'Agir maintenant pourrait perdre des tâches',
    detail:
      '« {{queue}} » a été mise en pause par une version majeure de BullMQ et alimentée par une autre. Rien n’a été modifié.',
    next: 'Relancez d’abord la file avec BullMQ 6, qui réunit les deux listes.',
  },
  JOB_NOT_FOUND: {
    title: 'Cette tâche n’existe plus',
    detail:
      'La file « {{queue}} » n’a pas de tâche {{job}} : elle a été supprimée, ou nettoyée une fois finie.',
    next: 'Fermez-la et regardez la liste.',
  },
  JOB_STATE_CHANGED: {
    title: 'La tâche a changé d’état',
    detail:
      'La tâche {{job}} était « {{expected}} » quand vous l’avez vue ; elle est maintenant « {{actual}} ». Rien n’a été modifié.',
    next: 'Regardez-la de nouveau, puis décidez.',
  },
  JOB_ACTIVE: {
    title: 'Un worker exécute cette tâche',
    detail: 'La tâche {{job}} est tenue par un worker. Rien n’a été modifié.',
    next: 'Attendez qu’elle finisse ou échoue.',
  },
  JOB_OWNED_BY_SCHEDULER: {
    title: 'Cette tâche appartient à une planification',
    detail:
      'La tâche {{job}} est la prochaine exécution de la planification « {{scheduler}} ». Rien n’a été modifié.',
    next: 'Modifiez ou supprimez plutôt la planification.',
  },
  JOB_PARENT_WAITING: {
    title: 'Une tâche parente attend celle-ci',
    detail:
      'Supprimer la tâche {{job}} libérerait ou supprimerait sa parente {{parent}} dans « {{parentQueue}} ». Rien n’a été modifié.',
    next: 'Réglez d’abord la tâche parente.',
  },
  JOB_FAMILY_TOO_LARGE: {
    title: 'Trop de tâches sous celle-ci',
    detail:
      'Supprimer la tâche {{job}} supprime aussi ses filles : elle en compte {{count}}, et {{limit}} au plus peuvent partir à la fois. Rien n’a été modifié.',
    next: 'Supprimez d’abord ses filles, puis la tâche elle-même.',
  },
  KEY_TYPE_UNEXPECTED: {
    title: 'Redis contient ici quelque chose d’inattendu',
    detail:
      'Sous {{key}}, Redis contient un autre type de valeur que celui que BullMQ y écrit. Rien n’a été modifié.',
    next: 'Cherchez ce qui y écrit aussi ; un autre programme utilise peut-être le même préfixe.',
  },
  VALUE_TOO_LARGE: {
    title: 'Trop grande pour être affichée en entier',
    detail:
      'Cette valeur de la tâche {{job}} occupe {{size}} Mo ; {{limit}} Mo au plus sont lus en entier, pour ne retarder ni Redis ni Vigie.',
    next: 'Lisez-la avec redis-cli, et gardez de telles données hors des tâches.',
  },
  CURSOR_INVALID: {
    title: 'Cet endroit de la liste n’existe plus',
    detail: 'La liste ne peut pas être continuée à partir d’ici.',
    next: 'Reprenez-la depuis le début.',
  },
  AUDIT_UNAVAILABLE: {
    title: 'Le journal d’audit ne peut pas être écrit',
    detail: 'Aucune action n’est faite sans trace. Rien n’a été modifié.',
    next: 'Vérifiez que le disque n’est pas plein et que Vigie peut écrire dans son dossier de données.',
  },
  OUTCOME_UNKNOWN: {
    title: 'On ne sait pas si l’action a été faite',
    detail: 'La connexion à Redis a échoué pendant la modification de la tâche {{job}}.',
    next: 'Regardez la tâche avant de réessayer.',
  },
  CONNECTION_LOST: {
    title: 'La console est injoignable',
    detail: 'La connexion a été perdue avant l’envoi. Rien n’a été modifié.',
    next: 'Vigie se reconnecte tout seul ; réessayez ensuite.',
  },
  CONNECTION_LOST_SENT: {
    title: 'La console a été perdue en plein travail',
    detail:
      'La connexion s’est coupée avant sa réponse. S’il s’agissait d’une action, elle a pu être faite ou non.',
    next: 'Une fois reconnecté, regardez la tâche et l’audit avant de réessayer.',
  },
  INVALID_INPUT: {
    title: 'La console n’a pas accepté cette demande',
    detail: 'Une valeur n’a pas la forme attendue. Rien n’a été modifié.',
    next: 'Vérifiez votre saisie.',
  },
  UNEXPECTED: {
    title: 'Vigie a rencontré un problème',
    detail: 'C’est un défaut du programme, pas de vos files.',
    next: 'Le journal donne les détails sous ce numéro ; transmettez-le avec ce que vous faisiez.',
  },
  reason: {
    refused: 'Rien n’écoute à son adresse.',
    unresolved: 'Son nom d’hôte est inconnu.',
    timeout: 'Il ne répond pas.',
    closed: 'Il a fermé la connexion.',
    authentication: 'Il a refusé l’utilisateur ou le mot de passe.',
    permission: 'Son utilisateur n’a pas les droits dont Vigie a besoin.',
    tls: 'La connexion sécurisée n’a pas pu être établie.',
    loading: 'Il charge encore ses données.',
    busy: 'Il est occupé par un long script.',
    unknown: 'La raison n’est pas connue.',
  },
}
