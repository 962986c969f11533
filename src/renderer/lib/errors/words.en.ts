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
    title: 'This environment is read-only',
    detail: 'No action is carried out on it. Nothing was changed.',
    next: 'Production always is, in this version; any other environment is when Vigie was started with --read-only.',
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
  reason: {
    refused: 'Nothing listens at its address.',
    unresolved: 'Its host name is not known.',
    timeout: 'It does not answer.',
    closed: 'It closed the connection.',
    authentication: 'It refused the user or password.',
    permission: 'Its user lacks the rights that Vigie needs.',
    tls: 'The secure connection could not be made.',
    loading: 'It is still loading its data.',
    busy: 'It is busy with a long script.',
    unknown: 'The reason is not known.',
  },
} as const
