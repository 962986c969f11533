export const errorWords = {
  ENVIRONMENT_NOT_FOUND: {
    title: 'No such environment',
    detail: 'This console has no environment “{{environment}}”.',
    next: 'Choose one from the bar at the top.',
  },
  ENVIRONMENT_UNREACHABLE: {
    title: 'Redis cannot be reached',
    detail: '{{reason}} Nothing was changed.',
    next: 'Vigie keeps trying by itself.',
  },
  ENVIRONMENT_READ_ONLY: {
    title: 'This environment is view only',
    detail: 'No action is carried out on it. Nothing was changed.',
    next: 'It was set up so, or its Redis is a replica now; its state in the bar at the top says which.',
  },
  ENVIRONMENT_LOCKED: {
    title: 'This environment is locked',
    detail: 'No action is carried out on it until it is unlocked. Nothing was changed.',
    next: 'Unlock it for some minutes by the lock in the bar at the top, then try again.',
  },
  ENVIRONMENT_NOT_SAVED: {
    title: 'This environment has no profile',
    detail: 'The command line opened it, so there is nothing to change. Nothing was changed.',
    next: 'Add an environment of its own to keep its settings.',
  },
  CONFIRMATION_NEEDED: {
    title: 'The name does not match',
    detail: 'What was typed is not the name of the environment. Nothing was changed.',
    next: 'Type the name exactly as it stands, capitals and accents included.',
  },
  PROFILE_INVALID: {
    title: 'Some fields do not hold',
    detail: 'Not accepted: {{fields}}. Nothing was saved.',
    next: 'Correct them, then save again.',
  },
  SECRETS_NEEDED: {
    title: 'Give the secrets again',
    detail:
      'The profile now leads to another place than the one these were kept for: {{secrets}}. Nothing was saved.',
    next: 'Enter them for the new place, or remove them.',
  },
  KEYCHAIN_UNAVAILABLE: {
    title: 'The keychain cannot be used',
    detail: 'No secret was kept. The keychain said: {{problem}}',
    next: 'Unlock or start the keychain, or keep the secrets in memory until Vigie ends.',
  },
  TRANSFER_INVALID: {
    title: 'This file cannot be imported',
    detail: '{{problem}} Nothing was added.',
    next: 'Check the file and the passphrase, then try again.',
  },
  PERMISSION_DENIED: {
    title: 'The Redis user may not do this',
    detail: 'Redis refused {{command}}. Nothing was changed.',
    next: 'Connect as a user whose ACL allows {{command}}.',
  },
  QUEUE_NOT_FOUND: {
    title: 'No such queue',
    detail: 'Redis holds no queue “{{queue}}” under this prefix.',
    next: 'Check its name, or look at the list of queues.',
  },
  QUEUE_NAME_INVALID: {
    title: 'Not a queue name',
    detail: '“{{queue}}” cannot be the name of a queue.',
    next: 'A name is not empty and has no colon.',
  },
  QUEUE_UNSUPPORTED: {
    title: 'This queue is read-only here',
    detail:
      '“{{queue}}” was written by {{version}}, which Vigie reads but does not change. Nothing was changed.',
    next: 'Use that library’s own tools.',
  },
  QUEUE_ACROSS_SLOTS: {
    title: 'The keys of this queue are spread over the cluster',
    detail:
      'In a cluster one script reaches one slot only, and the keys of “{{queue}}” are in several (CROSSSLOT). Nothing was changed.',
    next: 'Its name or its prefix needs a hash tag, such as {bull}, so that all its keys share a slot.',
  },
  JOB_ACROSS_SLOTS: {
    title: 'This job and its family are apart in the cluster',
    detail:
      'In a cluster one script reaches one slot only; job {{job}} is in that of “{{queue}}”, its parent or a child in that of “{{other}}”. Nothing was changed.',
    next: 'Both queues need the same hash tag, such as the prefix {bull}, to be changed together.',
  },
  QUEUE_PAUSE_MIXED: {
    title: 'Acting now could lose jobs',
    detail:
      '“{{queue}}” was paused by one major version of BullMQ and written to by another. Nothing was changed.',
    next: 'Resume the queue with BullMQ 6 first; it brings both lists together.',
  },
  JOB_NOT_FOUND: {
    title: 'This job no longer exists',
    detail:
      'Queue “{{queue}}” holds no job {{job}}: it was removed, or it was cleaned up after it finished.',
    next: 'Close it and look at the list.',
  },
  JOB_STATE_CHANGED: {
    title: 'The job has moved on',
    detail:
      'Job {{job}} was {{expected}} when you looked; now it is {{actual}}. Nothing was changed.',
    next: 'Look at it again, then decide.',
  },
  JOB_ACTIVE: {
    title: 'A worker is running this job',
    detail: 'Job {{job}} is held by a worker. Nothing was changed.',
    next: 'Wait until it has finished or failed.',
  },
  JOB_OWNED_BY_SCHEDULER: {
    title: 'This job belongs to a schedule',
    detail: 'Job {{job}} is the next run of the schedule “{{scheduler}}”. Nothing was changed.',
    next: 'Change or remove the schedule instead.',
  },
  JOB_PARENT_WAITING: {
    title: 'A parent waits for this job',
    detail:
      'Removing job {{job}} would release or delete its parent {{parent}} in “{{parentQueue}}”. Nothing was changed.',
    next: 'Settle the parent first.',
  },
  JOB_FAMILY_TOO_LARGE: {
    title: 'Too many jobs below this one',
    detail:
      'Deleting job {{job}} deletes its children too: it lists {{count}} of them, and at most {{limit}} may go at once. Nothing was changed.',
    next: 'Delete its children first, then the job itself.',
  },
  KEY_TYPE_UNEXPECTED: {
    title: 'Redis holds something unexpected here',
    detail:
      'Under {{key}} Redis holds another type of value than BullMQ writes there. Nothing was changed.',
    next: 'Find out what else writes there; another program may use the same prefix.',
  },
  VALUE_TOO_LARGE: {
    title: 'Too large to be shown whole',
    detail:
      'This value of job {{job}} takes {{size}} MB; up to {{limit}} MB are read whole, so that neither Redis nor Vigie is held up.',
    next: 'Read it with redis-cli, and keep such data outside of jobs.',
  },
  CURSOR_INVALID: {
    title: 'This place in the list is gone',
    detail: 'The list cannot be continued from here.',
    next: 'Start again from its top.',
  },
  FILTER_INVALID: {
    title: 'This filter has a mistake',
    detail: 'Not understood: {{parts}}. Nothing was searched.',
    next: 'Correct it, or ask for something that this page can tell; put a text in double quotes to search for it as it stands.',
  },
  MIRROR_UNAVAILABLE: {
    title: 'The mirror cannot be used',
    detail: '{{problem}} Redis, the live lists and the audit are not affected.',
    next: 'Open the page Mirror of this environment: it says what helps, and can rebuild it.',
  },
  MIRROR_SETTINGS_INVALID: {
    title: 'These settings do not hold',
    detail: 'Not accepted: {{fields}}. Nothing was saved.',
    next: 'Correct them, then save again.',
  },
  FAILURE_GROUP_NOT_FOUND: {
    title: 'No such failure group',
    detail: 'The mirror of this environment knows no group {{group}}.',
    next: 'It may have been merged into another, or its failures are older than what is kept.',
  },
  VIEW_NOT_FOUND: {
    title: 'This saved view no longer exists',
    detail: 'There is no saved view {{view}}. Nothing was changed.',
    next: 'It may have been deleted in another window; look at the list.',
  },
  VIEW_NAME_TAKEN: {
    title: 'Another view has this name',
    detail: 'There is a saved view “{{name}}” already. Nothing was saved.',
    next: 'Choose another name.',
  },
  AUDIT_UNAVAILABLE: {
    title: 'The audit cannot be written',
    detail: 'No action is carried out without a record of it. Nothing was changed.',
    next: 'Check that the disk is not full and that Vigie may write to its data directory.',
  },
  OUTCOME_UNKNOWN: {
    title: 'It is not known whether this was done',
    detail: 'The connection to Redis failed while job {{job}} was being changed.',
    next: 'Look at the job before you try again.',
  },
  CONNECTION_LOST: {
    title: 'The console cannot be reached',
    detail: 'The connection was lost before anything was sent. Nothing was changed.',
    next: 'Vigie reconnects by itself; then try again.',
  },
  CONNECTION_LOST_SENT: {
    title: 'The console was lost while it worked',
    detail:
      'The connection broke before it answered. If this was an action, it may or may not have been done.',
    next: 'After reconnecting, look at the job and at the audit before you try again.',
  },
  INVALID_INPUT: {
    title: 'The console did not accept this',
    detail: 'A value does not have the expected form. Nothing was changed.',
    next: 'Check what you entered.',
  },
  UNEXPECTED: {
    title: 'Something went wrong in Vigie',
    detail: 'This is a fault of the program, not of your queues.',
    next: 'The log has the details under this report id; pass it on with what you were doing.',
  },
  transfer: {
    'not-a-transfer': 'It was not exported by Vigie.',
    'newer-version': 'A newer Vigie wrote it.',
    damaged: 'It is damaged, or was changed after it was exported.',
    'passphrase-needed': 'Its secrets are encrypted, so it needs the passphrase.',
    'passphrase-wrong': 'The passphrase is not the one it was exported with.',
    'profile-invalid': 'It holds a profile that is not valid.',
  },
  mirror: {
    damaged: 'Its file is damaged.',
    newer: 'A newer Vigie wrote its file.',
    'disk-full': 'The disk is full.',
    'not-permitted': 'Vigie may not read or write its file.',
    unavailable: 'It does not run now; another Vigie may hold its file.',
  },
  secret: {
    password: 'password',
    sentinelPassword: 'password of the sentinels',
    tlsKey: 'key of the client certificate',
    tlsKeyPassphrase: 'passphrase of that key',
    sshPassword: 'SSH password',
    sshKey: 'SSH key',
    sshKeyPassphrase: 'passphrase of the SSH key',
  },
  reason: {
    refused: 'Nothing listens at its address.',
    unresolved: 'Its host name is not known.',
    timeout: 'It does not answer.',
    closed: 'It closed the connection.',
    'sentinel-no-answer': 'None of its sentinels answers.',
    'no-primary': 'The sentinels know of no primary now.',
    'cluster-down': 'The cluster says that it is down.',
    authentication: 'It refused the user or password.',
    'password-needed': 'It asks for a password, and none is known here.',
    permission: 'Its user lacks the rights that Vigie needs.',
    database: 'It has no database of that number.',
    tls: 'The secure connection could not be made.',
    'certificate-untrusted': 'Its certificate is signed by no authority trusted here.',
    'certificate-expired': 'Its certificate has expired, or is not valid yet.',
    'certificate-wrong-name': 'Its certificate is for another name.',
    'client-certificate': 'It did not accept the client certificate, or asks for one.',
    'not-a-cluster': 'It is not a cluster.',
    'sentinel-authentication': 'The sentinels refused the user or password.',
    'sentinel-unknown-master': 'The sentinels do not know a primary of this name.',
    ssh: 'The SSH tunnel could not be opened.',
    'ssh-host-unknown': 'The SSH server’s key is not known yet.',
    'ssh-host-changed': 'The SSH server shows another key than before.',
    'ssh-authentication': 'The SSH server refused the user.',
    'ssh-key': 'The SSH key cannot be read; its passphrase may be wrong or missing.',
    'ssh-agent': 'No SSH agent answers.',
    keychain: 'The keychain that holds its password is locked or not there.',
    loading: 'It is still loading its data.',
    busy: 'It is busy with a long script.',
    replica: 'It is a replica, which takes no changes.',
    latency: 'It answers slowly.',
    memory: 'Its memory is nearly full.',
    replication: 'It is a replica that has lost its primary.',
    disconnected: 'It was disconnected here.',
    unknown: 'The reason is not known.',
  },
} as const
