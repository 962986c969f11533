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
    title: 'Cet environnement est en consultation seule',
    detail: 'Aucune action n’y est faite. Rien n’a été modifié.',
    next: 'Il est réglé ainsi, ou son Redis est désormais un réplica ; son état dans la barre du haut le dit.',
  },
  ENVIRONMENT_LOCKED: {
    title: 'Cet environnement est verrouillé',
    detail: 'Aucune action n’y est faite tant qu’il n’est pas déverrouillé. Rien n’a été modifié.',
    next: 'Déverrouillez-le pour quelques minutes par le cadenas de la barre du haut, puis réessayez.',
  },
  ENVIRONMENT_NOT_SAVED: {
    title: 'Cet environnement n’a pas de profil',
    detail: 'La ligne de commande l’a ouvert : il n’y a rien à modifier. Rien n’a été modifié.',
    next: 'Ajoutez un environnement pour garder ses réglages.',
  },
  CONFIRMATION_NEEDED: {
    title: 'Le nom ne correspond pas',
    detail: 'Ce qui a été saisi n’est pas le nom de l’environnement. Rien n’a été modifié.',
    next: 'Saisissez le nom exactement, majuscules et accents compris.',
  },
  PROFILE_INVALID: {
    title: 'Certains champs ne conviennent pas',
    detail: 'Refusés : {{fields}}. Rien n’a été enregistré.',
    next: 'Corrigez-les, puis enregistrez de nouveau.',
  },
  SECRETS_NEEDED: {
    title: 'Saisissez de nouveau les secrets',
    detail:
      'Le profil mène désormais ailleurs que là pour quoi ils étaient gardés : {{secrets}}. Rien n’a été enregistré.',
    next: 'Saisissez ceux du nouvel endroit, ou retirez-les.',
  },
  KEYCHAIN_UNAVAILABLE: {
    title: 'Le trousseau est inutilisable',
    detail: 'Aucun secret n’a été gardé. Le trousseau répond : {{problem}}',
    next: 'Déverrouillez ou démarrez le trousseau, ou gardez les secrets en mémoire jusqu’à la fermeture de Vigie.',
  },
  TRANSFER_INVALID: {
    title: 'Ce fichier ne peut pas être importé',
    detail: '{{problem}} Rien n’a été ajouté.',
    next: 'Vérifiez le fichier et la phrase secrète, puis réessayez.',
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
  QUEUE_ACROSS_SLOTS: {
    title: 'Les clés de cette file sont dispersées dans le cluster',
    detail:
      'Dans un cluster, un script n’atteint qu’un seul slot, et les clés de « {{queue}} » sont dans plusieurs (CROSSSLOT). Rien n’a été modifié.',
    next: 'Son nom ou son préfixe doit porter un hash tag, comme {bull}, pour que toutes ses clés partagent un slot.',
  },
  JOB_ACROSS_SLOTS: {
    title: 'Cette tâche et sa famille sont séparées dans le cluster',
    detail:
      'Dans un cluster, un script n’atteint qu’un seul slot ; la tâche {{job}} est dans celui de « {{queue}} », son parent ou un enfant dans celui de « {{other}} ». Rien n’a été modifié.',
    next: 'Les deux files ont besoin du même hash tag, comme le préfixe {bull}, pour être modifiées ensemble.',
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
  FILTER_INVALID: {
    title: 'Ce filtre contient une erreur',
    detail: 'Incompris : {{parts}}. Rien n’a été cherché.',
    next: 'Corrigez-le, ou demandez ce que cette page peut dire ; mettez un texte entre guillemets droits pour le chercher tel quel.',
  },
  MIRROR_UNAVAILABLE: {
    title: 'Le miroir est inutilisable',
    detail: '{{problem}} Redis, les listes en direct et l’audit ne sont pas touchés.',
    next: 'Ouvrez la page Miroir de cet environnement : elle dit ce qui aide, et peut le reconstruire.',
  },
  MIRROR_SETTINGS_INVALID: {
    title: 'Ces réglages ne conviennent pas',
    detail: 'Refusés : {{fields}}. Rien n’a été enregistré.',
    next: 'Corrigez-les, puis enregistrez de nouveau.',
  },
  FAILURE_GROUP_NOT_FOUND: {
    title: 'Groupe d’échecs inconnu',
    detail: 'Le miroir de cet environnement ne connaît aucun groupe {{group}}.',
    next: 'Il a pu être fusionné avec un autre, ou ses échecs sont plus anciens que ce qui est gardé.',
  },
  VIEW_NOT_FOUND: {
    title: 'Cette vue enregistrée n’existe plus',
    detail: 'Il n’y a pas de vue enregistrée {{view}}. Rien n’a été modifié.',
    next: 'Elle a pu être supprimée dans une autre fenêtre ; regardez la liste.',
  },
  VIEW_NAME_TAKEN: {
    title: 'Une autre vue porte ce nom',
    detail: 'Il y a déjà une vue enregistrée « {{name}} ». Rien n’a été enregistré.',
    next: 'Choisissez un autre nom.',
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
  transfer: {
    'not-a-transfer': 'Il n’a pas été exporté par Vigie.',
    'newer-version': 'Un Vigie plus récent l’a écrit.',
    damaged: 'Il est abîmé, ou a été modifié après son export.',
    'passphrase-needed': 'Ses secrets sont chiffrés : il demande la phrase secrète.',
    'passphrase-wrong': 'La phrase secrète n’est pas celle de l’export.',
    'profile-invalid': 'Il contient un profil qui n’est pas valable.',
  },
  mirror: {
    damaged: 'Son fichier est endommagé.',
    newer: 'Un Vigie plus récent a écrit son fichier.',
    'disk-full': 'Le disque est plein.',
    'not-permitted': 'Vigie n’a pas le droit de lire ou d’écrire son fichier.',
    unavailable: 'Il ne tourne pas ; un autre Vigie tient peut-être son fichier.',
  },
  secret: {
    password: 'mot de passe',
    sentinelPassword: 'mot de passe des sentinelles',
    tlsKey: 'clé du certificat client',
    tlsKeyPassphrase: 'phrase secrète de cette clé',
    sshPassword: 'mot de passe SSH',
    sshKey: 'clé SSH',
    sshKeyPassphrase: 'phrase secrète de la clé SSH',
  },
  reason: {
    refused: 'Rien n’écoute à son adresse.',
    unresolved: 'Son nom d’hôte est inconnu.',
    timeout: 'Il ne répond pas.',
    closed: 'Il a fermé la connexion.',
    'sentinel-no-answer': 'Aucune de ses sentinelles ne répond.',
    'no-primary': 'Les sentinelles ne connaissent pas de primaire en ce moment.',
    'cluster-down': 'Le cluster se dit hors service.',
    authentication: 'Il a refusé l’utilisateur ou le mot de passe.',
    'password-needed': 'Il demande un mot de passe, et aucun n’est connu ici.',
    permission: 'Son utilisateur n’a pas les droits dont Vigie a besoin.',
    database: 'Il n’a pas de base de ce numéro.',
    tls: 'La connexion sécurisée n’a pas pu être établie.',
    'certificate-untrusted': 'Son certificat n’est signé par aucune autorité reconnue ici.',
    'certificate-expired': 'Son certificat a expiré, ou n’est pas encore valable.',
    'certificate-wrong-name': 'Son certificat porte un autre nom.',
    'client-certificate': 'Il n’a pas accepté le certificat client, ou en demande un.',
    'not-a-cluster': 'Ce n’est pas un cluster.',
    'sentinel-authentication': 'Les sentinelles ont refusé l’utilisateur ou le mot de passe.',
    'sentinel-unknown-master': 'Les sentinelles ne connaissent pas de primaire de ce nom.',
    ssh: 'Le tunnel SSH n’a pas pu être ouvert.',
    'ssh-host-unknown': 'La clé du serveur SSH n’est pas encore connue.',
    'ssh-host-changed': 'Le serveur SSH présente une autre clé qu’avant.',
    'ssh-authentication': 'Le serveur SSH a refusé l’utilisateur.',
    'ssh-key': 'La clé SSH est illisible ; sa phrase secrète est peut-être fausse ou absente.',
    'ssh-agent': 'Aucun agent SSH ne répond.',
    keychain: 'Le trousseau qui garde son mot de passe est verrouillé ou absent.',
    loading: 'Il charge encore ses données.',
    busy: 'Il est occupé par un long script.',
    replica: 'C’est un réplica, qui n’accepte aucune modification.',
    latency: 'Il répond lentement.',
    memory: 'Sa mémoire est presque pleine.',
    replication: 'C’est un réplica qui a perdu son primaire.',
    disconnected: 'Il a été déconnecté ici.',
    unknown: 'La raison n’est pas connue.',
  },
}
