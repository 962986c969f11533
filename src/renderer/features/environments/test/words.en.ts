import type { TestProblem, TestStepName } from '#shared/contract/connection-tests.ts'

/** What is wrong, and what to do about it. */
interface Advice {
  what: string
  next: string
}

const step = {
  resolve: 'Name resolution',
  ssh: 'SSH tunnel',
  tcp: 'Network',
  tls: 'Encryption',
  sentinel: 'Sentinel',
  auth: 'Sign-in',
  select: 'Database',
  cluster: 'Cluster',
  role: 'Role',
  version: 'Version',
  persistence: 'Persistence',
  'memory-policy': 'Memory',
  clock: 'Clock',
  permissions: 'Permissions',
  queues: 'Queues',
} as const satisfies Record<TestStepName, string>

const problem = {
  unresolved: {
    what: 'The host name is not known.',
    next: 'Check its spelling, and whether it is only known inside a VPN or behind the tunnel.',
  },
  refused: {
    what: 'Nothing listens at this address and port.',
    next: 'Check the port, and that Redis is running and bound to this address.',
  },
  timeout: {
    what: 'There was no answer in time.',
    next: 'A firewall may drop the connection: check that this machine may reach the address, or use a tunnel.',
  },
  unreachable: {
    what: 'There is no route to this address.',
    next: 'Check the network or the VPN of this machine.',
  },
  closed: {
    what: 'The connection was closed before it could be used.',
    next: 'Redis may have reached maxclients, be in protected mode, or expect TLS: look at its log.',
  },
  'socket-missing': {
    what: 'There is no socket at this path.',
    next: 'Check the path against “unixsocket” in redis.conf, and that Redis is running.',
  },
  'socket-denied': {
    what: 'This user may not open the socket.',
    next: 'Join the group that owns the socket, or widen “unixsocketperm” in redis.conf.',
  },
  'not-ssh': {
    what: 'What answers here does not speak SSH as Vigie does.',
    next: 'Check host and port of the SSH server (22 is usual), and that it is OpenSSH 7 or newer.',
  },
  'keychain-unavailable': {
    what: 'The keychain, which holds what is needed to sign in, is locked or not there.',
    next: 'Unlock it when it asks, or give the secrets again to keep them in memory; then test again.',
  },
  'ssh-host-unknown': {
    what: 'The SSH server is not known here, so it could be another one.',
    next: 'Compare its fingerprint with the one your administrator gave you, or with “ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub” on the server itself. Trust it only if they are the same.',
  },
  'ssh-host-changed': {
    what: 'The SSH server has another key than the one that was trusted. Nothing was sent to it.',
    next: 'Somebody may be in between. Ask the administrator whether the key was changed; only then remove the trusted key, or the line in known_hosts, and test again.',
  },
  'ssh-authentication': {
    what: 'The SSH server does not let this user in.',
    next: 'Check user, password or key, and that the public key is in its authorized_keys.',
  },
  'ssh-key-unreadable': {
    what: 'The private key cannot be read.',
    next: 'Check that it is whole, and its passphrase.',
  },
  'ssh-agent-missing': {
    what: 'No SSH agent can be reached.',
    next: 'Start an agent and add the key to it, then start Vigie from where SSH_AUTH_SOCK is set; or use the key itself.',
  },
  'ssh-forward-refused': {
    what: 'The SSH server does not forward to this address.',
    next: 'Allow it (“AllowTcpForwarding yes”, “PermitOpen”), and check that the server itself reaches Redis there.',
  },
  'tls-not-spoken': {
    what: 'This port does not speak TLS.',
    next: 'Use the port that does (“tls-port” in redis.conf), or go without encryption.',
  },
  'tls-required': {
    what: 'This port speaks only TLS.',
    next: 'Turn encryption on.',
  },
  'tls-no-agreement': {
    what: 'The server speaks no TLS that is safe enough: no version from 1.2 on, or no cipher in common.',
    next: 'Allow TLS 1.2 or 1.3 on the server (“tls-protocols” in redis.conf).',
  },
  'certificate-untrusted': {
    what: 'The certificate is not from an authority that is trusted here.',
    next: 'Give the certificate of the authority (CA) that signed it.',
  },
  'certificate-expired': {
    what: 'The certificate is out of date, or not valid yet.',
    next: 'Renew it on the server; if the dates look right, check the clock of this machine.',
  },
  'certificate-wrong-name': {
    what: 'The certificate is for another name than this host.',
    next: 'Give one of its names as “Server name”, if you expect that server there.',
  },
  'client-certificate-required': {
    what: 'The server wants a client certificate that it accepts.',
    next: 'Give the certificate and key that were made for you.',
  },
  'client-key-unreadable': {
    what: 'The client certificate and its key cannot be used together.',
    next: 'Check that the key is whole and belongs to the certificate, and its passphrase.',
  },
  'ca-unreadable': {
    what: 'The certificate of the authority (CA) cannot be read.',
    next: 'Paste it whole, from “BEGIN CERTIFICATE” to “END CERTIFICATE”.',
  },
  'sentinel-unknown-master': {
    what: 'The sentinels do not know a primary of this name.',
    next: 'Check the name against “sentinel monitor” in sentinel.conf; it is case sensitive.',
  },
  'sentinel-authentication': {
    what: 'The sentinels refuse this user or password.',
    next: 'They have their own: give the sentinels’ user and password, not those of Redis.',
  },
  'sentinel-no-answer': {
    what: 'None of the sentinels answers.',
    next: 'Check their addresses; their usual port is 26379.',
  },
  'sentinel-no-primary': {
    what: 'The sentinels have no primary to offer now.',
    next: 'A failover may be under way: test again in some seconds. If it stays, look at the sentinels’ log.',
  },
  'is-a-sentinel': {
    what: 'This server is a sentinel: it knows where Redis is, and has no keys itself.',
    next: 'Choose “Sentinel”, or the port of Redis.',
  },
  'not-a-sentinel': {
    what: 'This is not a sentinel but a Redis.',
    next: 'Check the port (26379 is usual for sentinels), or choose “One server”.',
  },
  'password-missing': {
    what: 'Redis wants a password.',
    next: 'Give it, with the user it belongs to if there is one.',
  },
  'password-wrong': {
    what: 'Redis refuses this user or password.',
    next: 'Check both; without a user the password is that of “default”.',
  },
  'database-unknown': {
    what: 'Redis has no database of this number, or this user may not choose it.',
    next: 'Check the number against “databases” in redis.conf; 0 always exists.',
  },
  'not-a-cluster': {
    what: 'This server is not part of a cluster.',
    next: 'Choose “One server”.',
  },
  'is-a-cluster': {
    what: 'This server is part of a cluster, and has only part of the keys.',
    next: 'Choose “Cluster”.',
  },
  'cluster-down': {
    what: 'The cluster does not serve all of its slots.',
    next: 'Look at “CLUSTER INFO” and bring the missing nodes back.',
  },
  'not-redis': {
    what: 'Something answers, but not as Redis does.',
    next: 'Check host and port: another service may listen there.',
  },
  'protected-mode': {
    what: 'Redis is in protected mode: it lets nobody in from another machine.',
    next: 'Give Redis a password or users; then it ends its protected mode by itself.',
  },
  'too-many-connections': {
    what: 'Redis has as many connections as it allows.',
    next: 'Raise “maxclients”, or find out with “CLIENT LIST” who holds so many.',
  },
  loading: {
    what: 'Redis is still reading its data from disk.',
    next: 'Wait until it has finished, then test again.',
  },
  busy: {
    what: 'Redis is held up by a long script.',
    next: 'Wait, or end the script with “SCRIPT KILL”, then test again.',
  },
  'encryption-off': {
    what: 'The connection leaves this machine unencrypted: password and jobs can be read on the way.',
    next: 'Turn encryption on, or use an SSH tunnel, unless the network between is safe.',
  },
  'certificate-unchecked': {
    what: 'The certificate is not checked: any server could be at the other end.',
    next: 'Give the authority’s certificate instead, and check it again.',
  },
  'certificate-expires-soon': {
    what: 'The certificate expires soon.',
    next: 'Have it renewed before that.',
  },
  replica: {
    what: 'This is a read-only replica: jobs can be looked at, not retried or deleted.',
    next: 'To act, connect to the primary, or by Sentinel.',
  },
  'replication-down': {
    what: 'This replica has lost its primary: what it shows may be old.',
    next: 'Check the primary and the network between them, or connect to the primary.',
  },
  'version-old': {
    what: 'This version of Redis is older than BullMQ asks for.',
    next: 'Upgrade to Redis 6.2 or newer.',
  },
  'persistence-off': {
    what: 'Redis keeps nothing on disk: a restart loses all queues.',
    next: 'Turn on the append-only file (“appendonly yes”), unless losing jobs is fine here.',
  },
  'persistence-failing': {
    what: 'The last attempt to save the data to disk failed.',
    next: 'Look at Redis’ log and at the disk: a restart now would lose jobs.',
  },
  'policy-evicts': {
    what: 'When memory is full, Redis deletes keys: queues would lose jobs without a word.',
    next: 'Set “maxmemory-policy noeviction”, as BullMQ requires.',
  },
  'memory-nearly-full': {
    what: 'Memory is nearly full.',
    next: 'Give Redis more, or let finished jobs be removed sooner (“removeOnComplete”, “removeOnFail”).',
  },
  'clock-apart': {
    what: 'The clocks of this machine and of Redis differ.',
    next: 'Set both by NTP: until then, ages and waiting times on screen are off by that much.',
  },
  'read-denied': {
    what: 'This user may not do all that is needed to look at queues.',
    next: 'Give the user what is missing; the guide has a line for a read-only user.',
  },
  'actions-denied': {
    what: 'This user may look, but not retry or delete.',
    next: 'That is all right for a read-only user. To act, give it what is missing.',
  },
  'rights-unknown': {
    what: 'Redis does not say what this user may do.',
    next: 'Allow “ACL WHOAMI” and “ACL DRYRUN”; until then, an action is only refused when it is tried.',
  },
  'no-queues': {
    what: 'There is no queue under these prefixes.',
    next: 'If you expect some, check prefix and database; BullMQ’s usual prefix is “bull”.',
  },
  'no-hash-tag': {
    what: 'In this cluster, queues without a {hash tag} have their keys on several nodes, and Redis refuses to change them together (CROSSSLOT).',
    next: 'Use a prefix such as {bull}, or names such as {orders}. Until then such queues can be looked at, not acted on.',
  },
  'not-told': {
    what: 'Redis does not tell this user.',
    next: 'Some providers hide it. Ask them, or allow the user INFO and CONFIG GET.',
  },
  unknown: {
    what: 'It failed in a way that Vigie has no name for.',
    next: 'Look at the log of Vigie and of Redis.',
  },
} as const satisfies Record<TestProblem, Advice>

/** Of the connection test. */
export const environmentTestWords = {
  title: 'Test connection',
  titleOf: 'Test connection to {{name}}',
  intro: 'Connects once by these settings, step by step, and changes nothing.',
  start: 'Test connection',
  again: 'Test again',
  cancel: 'Cancel the test',
  close: 'Close the test',
  edit: 'Edit…',
  steps: 'Steps',
  step,
  problem,
  status: {
    running: 'running',
    ok: 'fine',
    warning: 'worth knowing',
    failed: 'stopped here',
    skipped: 'not reached',
  },
  testing: 'Testing: {{step}}…',
  beginning: 'Testing…',
  passed: 'Everything is fine.',
  passedWith_one: 'It works. One thing is worth knowing.',
  passedWith_other: 'It works. {{count}} things are worth knowing.',
  stopped: 'It stops at: {{step}}.',
  cancelled: 'Cancelled.',
  interrupted: 'The test ended before its last step.',
  took: 'in {{duration}}',
  changed: 'The settings have changed since.',
  invalid: 'Mend what is marked, then test.',
  trust: 'Trust this key',
  yes: 'yes',
  no: 'no',
  fact: {
    address: 'Address',
    addresses: 'Addresses',
    host: 'Host',
    user: 'User',
    username: 'User',
    server: 'Server',
    fingerprint: 'Fingerprint',
    expected: 'Trusted before',
    keyType: 'Key type',
    subject: 'Certificate of',
    issuer: 'Issued by',
    names: 'Names',
    validFrom: 'Valid from',
    validTo: 'Valid to',
    protocol: 'Protocol',
    cipher: 'Cipher',
    authorized: 'Trusted',
    sentinel: 'Sentinel',
    sentinels: 'Sentinels',
    master: 'Primary',
    primary: 'Primary',
    database: 'Database',
    nodes: 'Nodes',
    masters: 'Primaries',
    slots: 'Slots served',
    role: 'Role',
    replicas: 'Replicas',
    link: 'Replication',
    lag: 'Behind',
    version: 'Version',
    product: 'Product',
    mode: 'Mode',
    rdb: 'Snapshots',
    aof: 'Append-only file',
    lastSave: 'Last snapshot',
    policy: 'When full',
    used: 'Used',
    maxmemory: 'Limit',
    offset: 'Difference',
    read: 'Look',
    retry: 'Retry',
    remove: 'Delete',
    missing: 'Missing',
    queues: 'Queues',
    versions: 'Written by',
    prefixes: 'Prefixes',
    untagged: 'Without a hash tag',
    speaksAs: 'Speaks as Redis',
    missingNodes: 'No answer from',
    complete: 'All keys seen',
    error: 'Answer',
  },
} as const
