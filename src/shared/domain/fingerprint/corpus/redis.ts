import { type CorpusKind } from './corpus-kind.ts'

export const redisKinds: readonly CorpusKind[] = [
  {
    kind: 'stalled',
    messages: Array.from({ length: 7 }, () => 'job stalled more than allowable limit'),
  },
  {
    kind: 'missing-lock',
    name: 'Error',
    frames: [
      'Scripts.finishedErrors ({root}/node_modules/bullmq/dist/cjs/classes/scripts.js:*)',
      'Job.moveToFinished ({root}/node_modules/bullmq/dist/cjs/classes/job.js:*)',
    ],
    messages: [
      'Missing lock for job 118. moveToFinished',
      'Missing lock for job 4f1c2a33-9d7e-4a01-8c55-2f6f0f3c1b90. moveToFinished',
      'Missing lock for job repeat:8d9e2f1a0b3c4d5e6f708192a3b4c5d6:1732090215000. moveToFinished',
      'Missing lock for job mail-77. moveToFinished',
      'Missing lock for job 9. moveToFinished',
      'Missing lock for job order:10042:eu. moveToFinished',
    ],
  },
  {
    kind: 'lock-mismatch',
    note: 'Another worker took the job over: apart from a lock that ran out.',
    name: 'Error',
    frames: [
      'Scripts.finishedErrors ({root}/node_modules/bullmq/dist/cjs/classes/scripts.js:*)',
      'Job.moveToFinished ({root}/node_modules/bullmq/dist/cjs/classes/job.js:*)',
    ],
    messages: [
      'Lock mismatch for job 118. Cmd moveToFinished from active',
      'Lock mismatch for job 7. Cmd moveToFinished from active',
      'Lock mismatch for job 0b3c4d5e-6f70-4819-92a3-b4c5d6e7f809. Cmd moveToFinished from active',
      'Lock mismatch for job brand-12. Cmd moveToFinished from active',
      'Lock mismatch for job 99120. Cmd moveToFinished from active',
      'Lock mismatch for job 01HF7YAT31JZSMC9H0WAM7TTBX. Cmd moveToFinished from active',
    ],
  },
  {
    kind: 'read-only-replica',
    name: 'ReplyError',
    frames: [
      'parseError ({root}/node_modules/redis-parser/lib/parser.js:*)',
      'parseType ({root}/node_modules/redis-parser/lib/parser.js:*)',
    ],
    messages: [
      "READONLY You can't write against a read only replica. script: 8f3a1b2c4d5e6f708192a3b4c5d6e7f8091a2b3c, on @user_script:1.",
      "READONLY You can't write against a read only replica. script: 0011223344556677889900aabbccddeeff001122, on @user_script:1.",
      "READONLY You can't write against a read only replica. script: fe98dc76ba54fe98dc76ba54fe98dc76ba54fe98, on @user_script:1.",
      "READONLY You can't write against a read only replica. script: 1234567890abcdef1234567890abcdef12345678, on @user_script:1.",
      "READONLY You can't write against a read only replica. script: a0b1c2d3e4f5061728394a5b6c7d8e9f00112233, on @user_script:1.",
      "READONLY You can't write against a read only replica. script: 99aa88bb77cc66dd55ee44ff3300221100aabbcc, on @user_script:1.",
    ],
  },
  {
    kind: 'redis-out-of-memory',
    name: 'ReplyError',
    frames: [
      'parseError ({root}/node_modules/redis-parser/lib/parser.js:*)',
      'parseType ({root}/node_modules/redis-parser/lib/parser.js:*)',
    ],
    messages: Array.from(
      { length: 6 },
      () => "OOM command not allowed when used memory > 'maxmemory'.",
    ),
  },
  {
    kind: 'max-retries',
    name: 'MaxRetriesPerRequestError',
    messages: [
      'Reached the max retries per request limit (which is 20). Refer to "maxRetriesPerRequest" option for details.',
      'Reached the max retries per request limit (which is 3). Refer to "maxRetriesPerRequest" option for details.',
      'Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option for details.',
      'Reached the max retries per request limit (which is 10). Refer to "maxRetriesPerRequest" option for details.',
      'Reached the max retries per request limit (which is 5). Refer to "maxRetriesPerRequest" option for details.',
      'Reached the max retries per request limit (which is 0). Refer to "maxRetriesPerRequest" option for details.',
    ],
  },
  {
    kind: 'child-failed',
    note: 'Only that the child failed; which one is data.',
    messages: [
      'child bull:images:118 failed',
      'child bull:images:4f1c2a33-9d7e-4a01-8c55-2f6f0f3c1b90 failed',
      'child bull:images:9 failed',
      'child bull:images:img-77 failed',
      'child bull:images:10044 failed',
      'child bull:images:01HF7YAT31JZSMC9H0WAM7TTBX failed',
    ],
  },
  {
    kind: 'wrong-type',
    name: 'ReplyError',
    messages: Array.from(
      { length: 6 },
      () => 'WRONGTYPE Operation against a key holding the wrong kind of value',
    ),
  },
]
