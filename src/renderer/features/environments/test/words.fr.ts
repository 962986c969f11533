import type { FrenchOf } from '../../../lib/words/french-of.ts'
import type { environmentTestWords } from './words.en.ts'

export const environmentTestWordsFr: FrenchOf<typeof environmentTestWords> = {
  title: 'Tester la connexion',
  titleOf: 'Tester la connexion à {{name}}',
  intro: 'Se connecte une fois avec ces réglages, étape par étape, et ne modifie rien.',
  start: 'Tester la connexion',
  again: 'Tester de nouveau',
  cancel: 'Annuler le test',
  close: 'Fermer le test',
  edit: 'Modifier…',
  steps: 'Étapes',
  step: {
    resolve: 'Résolution du nom',
    ssh: 'Tunnel SSH',
    tcp: 'Réseau',
    tls: 'Chiffrement',
    sentinel: 'Sentinel',
    auth: 'Identification',
    select: 'Base',
    cluster: 'Cluster',
    role: 'Rôle',
    version: 'Version',
    persistence: 'Persistance',
    'memory-policy': 'Mémoire',
    clock: 'Horloge',
    permissions: 'Droits',
    queues: 'Files',
  },
  problem: {
    unresolved: {
      what: 'Le nom d’hôte est inconnu.',
      next: 'Vérifiez l’orthographe, et si ce nom n’est connu que par un VPN ou derrière le tunnel.',
    },
    refused: {
      what: 'Rien n’écoute à cette adresse et sur ce port.',
      next: 'Vérifiez le port, et que Redis est démarré et lié à cette adresse.',
    },
    timeout: {
      what: 'Aucune réponse dans le temps imparti.',
      next: 'Un pare-feu bloque peut-être la connexion : vérifiez que cette machine peut joindre l’adresse, ou passez par un tunnel.',
    },
    unreachable: {
      what: 'Aucune route ne mène à cette adresse.',
      next: 'Vérifiez le réseau ou le VPN de cette machine.',
    },
    closed: {
      what: 'La connexion a été fermée avant de pouvoir servir.',
      next: 'Redis a peut-être atteint maxclients, est en mode protégé, ou attend du TLS : consultez son journal.',
    },
    'socket-missing': {
      what: 'Il n’y a pas de socket à ce chemin.',
      next: 'Comparez le chemin à « unixsocket » dans redis.conf, et vérifiez que Redis est démarré.',
    },
    'socket-denied': {
      what: 'Cet utilisateur n’a pas le droit d’ouvrir la socket.',
      next: 'Rejoignez le groupe qui la possède, ou élargissez « unixsocketperm » dans redis.conf.',
    },
    'not-ssh': {
      what: 'Ce qui répond ici ne parle pas SSH comme Vigie.',
      next: 'Vérifiez l’hôte et le port du serveur SSH (22 en général), et qu’il s’agit d’OpenSSH 7 ou plus récent.',
    },
    'keychain-unavailable': {
      what: 'Le trousseau, qui garde de quoi s’identifier, est verrouillé ou absent.',
      next: 'Déverrouillez-le quand il le demande, ou redonnez les secrets pour les garder en mémoire ; puis testez de nouveau.',
    },
    'ssh-host-unknown': {
      what: 'Ce serveur SSH n’est pas connu ici : ce pourrait en être un autre.',
      next: 'Comparez son empreinte à celle que votre administrateur vous a donnée, ou à « ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub » sur le serveur lui-même. Ne lui faites confiance que si elles sont identiques.',
    },
    'ssh-host-changed': {
      what: 'Ce serveur SSH a une autre clé que celle qui était approuvée. Rien ne lui a été envoyé.',
      next: 'Quelqu’un s’est peut-être interposé. Demandez à l’administrateur si la clé a changé ; alors seulement, retirez la clé approuvée, ou la ligne de known_hosts, et testez de nouveau.',
    },
    'ssh-authentication': {
      what: 'Le serveur SSH refuse cet utilisateur.',
      next: 'Vérifiez l’utilisateur, le mot de passe ou la clé, et que la clé publique est dans ses authorized_keys.',
    },
    'ssh-key-unreadable': {
      what: 'La clé privée est illisible.',
      next: 'Vérifiez qu’elle est entière, et sa phrase secrète.',
    },
    'ssh-agent-missing': {
      what: 'Aucun agent SSH n’est joignable.',
      next: 'Démarrez un agent et ajoutez-y la clé, puis lancez Vigie là où SSH_AUTH_SOCK est défini ; ou utilisez la clé elle-même.',
    },
    'ssh-forward-refused': {
      what: 'Le serveur SSH ne relaie pas vers cette adresse.',
      next: 'Autorisez-le (« AllowTcpForwarding yes », « PermitOpen »), et vérifiez que le serveur joint lui-même Redis à cet endroit.',
    },
    'tls-not-spoken': {
      what: 'Ce port ne parle pas TLS.',
      next: 'Utilisez celui qui le parle (« tls-port » dans redis.conf), ou passez-vous de chiffrement.',
    },
    'tls-required': {
      what: 'Ce port ne parle que TLS.',
      next: 'Activez le chiffrement.',
    },
    'tls-no-agreement': {
      what: 'Le serveur ne parle pas de TLS assez sûr : aucune version à partir de la 1.2, ou aucun chiffrement commun.',
      next: 'Autorisez TLS 1.2 ou 1.3 sur le serveur (« tls-protocols » dans redis.conf).',
    },
    'certificate-untrusted': {
      what: 'Le certificat ne vient pas d’une autorité approuvée ici.',
      next: 'Donnez le certificat de l’autorité (CA) qui l’a signé.',
    },
    'certificate-expired': {
      what: 'Le certificat est périmé, ou pas encore valable.',
      next: 'Renouvelez-le sur le serveur ; si les dates semblent justes, vérifiez l’horloge de cette machine.',
    },
    'certificate-wrong-name': {
      what: 'Le certificat est fait pour un autre nom que cet hôte.',
      next: 'Donnez l’un de ses noms comme « Nom du serveur », si c’est bien ce serveur que vous attendez.',
    },
    'client-certificate-required': {
      what: 'Le serveur exige un certificat client qu’il accepte.',
      next: 'Donnez le certificat et la clé faits pour vous.',
    },
    'client-key-unreadable': {
      what: 'Le certificat client et sa clé ne vont pas ensemble.',
      next: 'Vérifiez que la clé est entière et appartient au certificat, et sa phrase secrète.',
    },
    'ca-unreadable': {
      what: 'Le certificat de l’autorité (CA) est illisible.',
      next: 'Collez-le en entier, de « BEGIN CERTIFICATE » à « END CERTIFICATE ».',
    },
    'sentinel-unknown-master': {
      what: 'Les sentinelles ne connaissent pas de primaire de ce nom.',
      next: 'Comparez le nom à « sentinel monitor » dans sentinel.conf ; la casse compte.',
    },
    'sentinel-authentication': {
      what: 'Les sentinelles refusent cet utilisateur ou ce mot de passe.',
      next: 'Elles ont les leurs : donnez l’utilisateur et le mot de passe des sentinelles, non ceux de Redis.',
    },
    'sentinel-no-answer': {
      what: 'Aucune sentinelle ne répond.',
      next: 'Vérifiez leurs adresses ; leur port habituel est 26379.',
    },
    'sentinel-no-primary': {
      what: 'Les sentinelles n’ont pas de primaire à proposer en ce moment.',
      next: 'Une bascule est peut-être en cours : testez de nouveau dans quelques secondes. Si cela dure, consultez le journal des sentinelles.',
    },
    'is-a-sentinel': {
      what: 'Ce serveur est une sentinelle : il sait où est Redis, mais n’a pas de clés.',
      next: 'Choisissez « Sentinel », ou le port de Redis.',
    },
    'not-a-sentinel': {
      what: 'Ce n’est pas une sentinelle, mais un Redis.',
      next: 'Vérifiez le port (26379 en général pour les sentinelles), ou choisissez « Un serveur ».',
    },
    'password-missing': {
      what: 'Redis exige un mot de passe.',
      next: 'Donnez-le, avec l’utilisateur auquel il appartient s’il y en a un.',
    },
    'password-wrong': {
      what: 'Redis refuse cet utilisateur ou ce mot de passe.',
      next: 'Vérifiez les deux ; sans utilisateur, le mot de passe est celui de « default ».',
    },
    'database-unknown': {
      what: 'Redis n’a pas de base de ce numéro, ou cet utilisateur ne peut pas la choisir.',
      next: 'Comparez le numéro à « databases » dans redis.conf ; 0 existe toujours.',
    },
    'not-a-cluster': {
      what: 'Ce serveur ne fait pas partie d’un cluster.',
      next: 'Choisissez « Un serveur ».',
    },
    'is-a-cluster': {
      what: 'Ce serveur fait partie d’un cluster, et n’a qu’une partie des clés.',
      next: 'Choisissez « Cluster ».',
    },
    'cluster-down': {
      what: 'Le cluster ne sert pas tous ses slots.',
      next: 'Regardez « CLUSTER INFO » et ramenez les nœuds qui manquent.',
    },
    'not-redis': {
      what: 'Quelque chose répond, mais pas comme Redis.',
      next: 'Vérifiez l’hôte et le port : un autre service y écoute peut-être.',
    },
    'protected-mode': {
      what: 'Redis est en mode protégé : il ne laisse entrer personne d’une autre machine.',
      next: 'Donnez à Redis un mot de passe ou des utilisateurs ; il quitte alors de lui-même le mode protégé.',
    },
    'too-many-connections': {
      what: 'Redis a autant de connexions qu’il en autorise.',
      next: 'Augmentez « maxclients », ou cherchez avec « CLIENT LIST » qui en tient autant.',
    },
    loading: {
      what: 'Redis lit encore ses données sur le disque.',
      next: 'Attendez qu’il ait fini, puis testez de nouveau.',
    },
    busy: {
      what: 'Redis est retenu par un long script.',
      next: 'Attendez, ou arrêtez le script avec « SCRIPT KILL », puis testez de nouveau.',
    },
    'encryption-off': {
      what: 'La connexion quitte cette machine sans chiffrement : mot de passe et tâches peuvent être lus en chemin.',
      next: 'Activez le chiffrement, ou passez par un tunnel SSH, sauf si le réseau entre les deux est sûr.',
    },
    'certificate-unchecked': {
      what: 'Le certificat n’est pas vérifié : n’importe quel serveur peut être à l’autre bout.',
      next: 'Donnez plutôt le certificat de l’autorité, et vérifiez de nouveau.',
    },
    'certificate-expires-soon': {
      what: 'Le certificat expire bientôt.',
      next: 'Faites-le renouveler avant.',
    },
    replica: {
      what: 'C’est un réplica en lecture seule : on peut regarder les tâches, pas les relancer ni les supprimer.',
      next: 'Pour agir, connectez-vous au primaire, ou par Sentinel.',
    },
    'replication-down': {
      what: 'Ce réplica a perdu son primaire : ce qu’il montre peut être ancien.',
      next: 'Vérifiez le primaire et le réseau entre les deux, ou connectez-vous au primaire.',
    },
    'version-old': {
      what: 'Cette version de Redis est plus ancienne que ce que BullMQ demande.',
      next: 'Passez à Redis 6.2 ou plus récent.',
    },
    'persistence-off': {
      what: 'Redis ne garde rien sur disque : un redémarrage perd toutes les files.',
      next: 'Activez le fichier d’ajout (« appendonly yes »), sauf si perdre des tâches est acceptable ici.',
    },
    'persistence-failing': {
      what: 'La dernière tentative d’enregistrer les données sur disque a échoué.',
      next: 'Consultez le journal de Redis et le disque : un redémarrage maintenant perdrait des tâches.',
    },
    'policy-evicts': {
      what: 'Quand la mémoire est pleine, Redis supprime des clés : les files perdraient des tâches sans un mot.',
      next: 'Réglez « maxmemory-policy noeviction », comme BullMQ l’exige.',
    },
    'memory-nearly-full': {
      what: 'La mémoire est presque pleine.',
      next: 'Donnez-en plus à Redis, ou faites supprimer plus tôt les tâches finies (« removeOnComplete », « removeOnFail »).',
    },
    'clock-apart': {
      what: 'Les horloges de cette machine et de Redis diffèrent.',
      next: 'Réglez les deux par NTP : d’ici là, les âges et les attentes affichés sont faux d’autant.',
    },
    'read-denied': {
      what: 'Cet utilisateur n’a pas tous les droits pour regarder les files.',
      next: 'Donnez-lui ce qui manque ; le guide a une ligne pour un utilisateur en lecture seule.',
    },
    'actions-denied': {
      what: 'Cet utilisateur peut regarder, pas relancer ni supprimer.',
      next: 'C’est normal pour un utilisateur en lecture seule. Pour agir, donnez-lui ce qui manque.',
    },
    'rights-unknown': {
      what: 'Redis ne dit pas ce que cet utilisateur peut faire.',
      next: 'Autorisez « ACL WHOAMI » et « ACL DRYRUN » ; d’ici là, une action n’est refusée qu’à l’essai.',
    },
    'no-queues': {
      what: 'Il n’y a pas de file sous ces préfixes.',
      next: 'Si vous en attendez, vérifiez le préfixe et la base ; le préfixe habituel de BullMQ est « bull ».',
    },
    'no-hash-tag': {
      what: 'Dans ce cluster, les files sans {hash tag} ont leurs clés sur plusieurs nœuds, et Redis refuse de les modifier ensemble (CROSSSLOT).',
      next: 'Utilisez un préfixe comme {bull}, ou des noms comme {orders}. D’ici là on peut regarder ces files, pas y agir.',
    },
    'not-told': {
      what: 'Redis ne le dit pas à cet utilisateur.',
      next: 'Certains hébergeurs le cachent. Demandez-leur, ou autorisez INFO et CONFIG GET.',
    },
    unknown: {
      what: 'Cela a échoué d’une façon que Vigie ne sait pas nommer.',
      next: 'Consultez le journal de Vigie et celui de Redis.',
    },
  },
  status: {
    running: 'en cours',
    ok: 'tout va bien',
    warning: 'à savoir',
    failed: 'arrêté ici',
    skipped: 'pas atteint',
  },
  testing: 'Test : {{step}}…',
  beginning: 'Test en cours…',
  passed: 'Tout va bien.',
  passedWith_one: 'Cela marche. Une chose est à savoir.',
  passedWith_many: 'Cela marche. {{count}} choses sont à savoir.',
  passedWith_other: 'Cela marche. {{count}} choses sont à savoir.',
  stopped: 'Cela s’arrête à : {{step}}.',
  cancelled: 'Annulé.',
  interrupted: 'Le test s’est terminé avant sa dernière étape.',
  took: 'en {{duration}}',
  changed: 'Les réglages ont changé depuis.',
  invalid: 'Corrigez ce qui est marqué, puis testez.',
  trust: 'Approuver cette clé',
  yes: 'oui',
  no: 'non',
  fact: {
    address: 'Adresse',
    addresses: 'Adresses',
    host: 'Hôte',
    user: 'Utilisateur',
    username: 'Utilisateur',
    server: 'Serveur',
    fingerprint: 'Empreinte',
    expected: 'Approuvée avant',
    keyType: 'Type de clé',
    subject: 'Certificat de',
    issuer: 'Émis par',
    names: 'Noms',
    validFrom: 'Valable du',
    validTo: 'Valable jusqu’au',
    protocol: 'Protocole',
    cipher: 'Chiffre',
    authorized: 'Approuvé',
    sentinel: 'Sentinelle',
    sentinels: 'Sentinelles',
    master: 'Primaire',
    primary: 'Primaire',
    database: 'Base',
    nodes: 'Nœuds',
    masters: 'Primaires',
    slots: 'Slots servis',
    role: 'Rôle',
    replicas: 'Réplicas',
    link: 'Réplication',
    lag: 'Retard',
    version: 'Version',
    product: 'Produit',
    mode: 'Mode',
    rdb: 'Instantanés',
    aof: 'Fichier d’ajout',
    lastSave: 'Dernier instantané',
    policy: 'Si pleine',
    used: 'Utilisée',
    maxmemory: 'Limite',
    offset: 'Écart',
    read: 'Regarder',
    retry: 'Relancer',
    remove: 'Supprimer',
    missing: 'Manque',
    queues: 'Files',
    versions: 'Écrites par',
    prefixes: 'Préfixes',
    untagged: 'Sans hash tag',
    speaksAs: 'Parle comme Redis',
    missingNodes: 'Sans réponse',
    complete: 'Toutes les clés vues',
    error: 'Réponse',
  },
}
