/** Of the lock of an environment, and of why an action is refused there. */
export const lockWords = {
  state: {
    open: 'never locked',
    locked: 'locked',
    unlocked: 'unlocked',
    'view-only': 'view only',
  },
  openHint: 'Retry and delete change this environment at any time',
  viewOnlyHint: 'Set up for looking only: it cannot be unlocked',
  lockedHint: 'Every action is refused until it is unlocked',
  lockedLabel: 'Locked: unlock…',
  unlockedHint: 'Unlocked by {{by}}: {{reason}}',
  locksIn: 'locks in',
  soonSpoken: '{{name}} locks again in less than a minute',
  lockNow: 'Lock now',
  lockNowHint: 'Refuse every action again',
  unlock: 'Unlock…',
  title: 'Unlock {{name}}',
  allows:
    'For the time you choose, jobs here can be retried and deleted. It locks again by itself: when the time is over, when this machine sleeps and when Vigie ends.',
  audited: 'This unlocking, its reason and each action are kept in the audit under your name.',
  name: 'Type its name: {{name}}',
  nameMissing: 'That is not “{{name}}”, letter by letter.',
  reason: 'Reason',
  reasonHint: 'What you are about to do; kept in the audit',
  reasonMissing: 'Say why, in three letters at least.',
  minutes: 'Minutes',
  unlockFor_one: 'Unlock for {{count, number}} minute',
  unlockFor_other: 'Unlock for {{count, number}} minutes',
  command: { unlock: 'Unlock {{name}}…', lock: 'Lock {{name}} now' },
  refusal: {
    title: { retry: 'Jobs cannot be retried here now', remove: 'Jobs cannot be deleted here now' },
    short: {
      'view-only': 'view only',
      replica: 'this Redis is a replica',
      replication: 'this Redis is a replica without its primary',
      locked: 'locked: unlock first',
      rights: 'the Redis user lacks rights',
    },
    text: {
      'view-only':
        '{{name}} is set up for looking only. Its profile says so, and unlocking does not change that.',
      replica:
        'The Redis of {{name}} is a replica, which takes no changes. Connect to the primary to act.',
      replication:
        'The Redis of {{name}} is a replica that has lost its primary, and takes no changes. Connect to the primary to act.',
      locked: '{{name}} is locked. Unlock it for some minutes, then try again.',
      rights:
        'The Redis user {{user}} lacks {{missing}}. Whoever runs this Redis can grant it; or connect as another user.',
      away: '{{name}} is {{state}}, so that nothing can be changed now.',
    },
    nobody: 'of this environment',
    something: 'rights for this',
  },
} as const
