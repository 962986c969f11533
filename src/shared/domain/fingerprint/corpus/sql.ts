import { workerFrames, type CorpusKind } from './corpus-kind.ts'

const pgFrames = [
  '{root}/node_modules/pg/lib/client.js:*',
  'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  'async Database.run ({root}/src/db/database.ts:*)',
  ...workerFrames,
]

export const sqlKinds: readonly CorpusKind[] = [
  {
    kind: 'pg-unique-email',
    note: 'Another constraint is another rule that was broken, so the name of the constraint tells apart.',
    name: 'error',
    frames: pgFrames,
    messages: Array.from(
      { length: 6 },
      () => 'duplicate key value violates unique constraint "users_email_key"',
    ),
  },
  {
    kind: 'pg-unique-order-number',
    name: 'error',
    frames: pgFrames,
    messages: Array.from(
      { length: 6 },
      () => 'duplicate key value violates unique constraint "orders_number_key"',
    ),
  },
  {
    kind: 'pg-foreign-key',
    name: 'error',
    frames: pgFrames,
    messages: Array.from(
      { length: 6 },
      () =>
        'insert or update on table "payments" violates foreign key constraint "payments_order_id_fkey"',
    ),
  },
  {
    kind: 'pg-not-null',
    name: 'error',
    frames: pgFrames,
    messages: Array.from(
      { length: 6 },
      () => 'null value in column "brand_id" of relation "posts" violates not-null constraint',
    ),
  },
  {
    kind: 'pg-deadlock',
    name: 'error',
    frames: pgFrames,
    messages: Array.from({ length: 6 }, () => 'deadlock detected'),
  },
  {
    kind: 'pg-too-many-clients',
    name: 'error',
    messages: [
      'sorry, too many clients already',
      'sorry, too many clients already',
      'sorry, too many clients already',
      'sorry, too many clients already',
      'sorry, too many clients already',
      'sorry, too many clients already',
    ],
  },
  {
    kind: 'pg-syntax-of-number',
    note: 'A value of the job reached a column of another type.',
    name: 'error',
    frames: pgFrames,
    messages: [
      'invalid input syntax for type integer: "abc"',
      'invalid input syntax for type integer: "12.5"',
      'invalid input syntax for type integer: ""',
      'invalid input syntax for type integer: "undefined"',
      'invalid input syntax for type integer: "1 234"',
      'invalid input syntax for type integer: "NaN"',
      'invalid input syntax for type integer: "it\'s ten"',
    ],
  },
  {
    kind: 'mysql-duplicate',
    note: 'One key of one table, whatever value was there twice.',
    name: 'Error',
    messages: [
      "ER_DUP_ENTRY: Duplicate entry 'lea@example.com' for key 'users.email_unique'",
      "ER_DUP_ENTRY: Duplicate entry 'max.mustermann@firma.de' for key 'users.email_unique'",
      "ER_DUP_ENTRY: Duplicate entry 'o'brien@example.ie' for key 'users.email_unique'",
      "ER_DUP_ENTRY: Duplicate entry 'a+b@example.com' for key 'users.email_unique'",
      "ER_DUP_ENTRY: Duplicate entry 'info@shop-12.example' for key 'users.email_unique'",
      "ER_DUP_ENTRY: Duplicate entry '77' for key 'users.email_unique'",
    ],
  },
  {
    kind: 'mysql-deadlock',
    name: 'Error',
    messages: Array.from(
      { length: 6 },
      () => 'ER_LOCK_DEADLOCK: Deadlock found when trying to get lock; try restarting transaction',
    ),
  },
  {
    kind: 'mysql-lock-wait',
    note: 'A lock held too long, not two that wait for each other: apart from the deadlock.',
    name: 'Error',
    messages: Array.from(
      { length: 6 },
      () => 'ER_LOCK_WAIT_TIMEOUT: Lock wait timeout exceeded; try restarting transaction',
    ),
  },
  {
    kind: 'sqlite-busy',
    name: 'SqliteError',
    frames: ['Outbox.add ({root}/src/outbox/outbox.ts:*)', ...workerFrames],
    messages: Array.from({ length: 6 }, () => 'database is locked'),
  },
  {
    kind: 'prisma-unique',
    note: 'The excerpt of the source that Prisma prints moves with each release.',
    name: 'PrismaClientKnownRequestError',
    frames: [
      'ei.handleRequestError ({root}/node_modules/@prisma/client/runtime/library.js:*)',
      'ei.handleAndLogRequestError ({root}/node_modules/@prisma/client/runtime/library.js:*)',
      'async UserService.create ({root}/src/users/user-service.ts:*)',
    ],
    messages: [
      '\nInvalid `prisma.user.create()` invocation in\n/app/src/users/user-service.ts:42:28\n\n  39 async create(input: NewUser) {\n  40   const now = new Date()\n  41 \n→ 42   return this.prisma.user.create(\nUnique constraint failed on the fields: (`email`)',
      '\nInvalid `prisma.user.create()` invocation in\n/srv/shop/src/users/user-service.ts:51:28\n\n  48 async create(input: NewUser) {\n  49   const now = new Date()\n  50 \n→ 51   return this.prisma.user.create(\nUnique constraint failed on the fields: (`email`)',
      '\nInvalid `prisma.user.create()` invocation in\n/home/alice/projects/shop/src/users/user-service.ts:42:28\n\n  39 async create(input: NewUser) {\n  40   // now\n  41 \n→ 42   return this.prisma.user.create(\nUnique constraint failed on the fields: (`email`)',
      '\nInvalid `prisma.user.create()` invocation:\n\n\nUnique constraint failed on the fields: (`email`)',
      '\nInvalid `prisma.user.create()` invocation:\n\n\nUnique constraint failed on the fields: (`email`)',
      '\nInvalid `prisma.user.create()` invocation in\n/app/dist/users/user-service.js:30:28\n\n  27 async create(input) {\n  28   const now = new Date()\n  29 \n→ 30   return this.prisma.user.create(\nUnique constraint failed on the fields: (`email`)',
    ],
  },
  {
    kind: 'prisma-pool',
    name: 'PrismaClientKnownRequestError',
    messages: [
      'Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 10, connection limit: 5)',
      'Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 20, connection limit: 17)',
      'Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 10, connection limit: 33)',
      'Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 5, connection limit: 9)',
      'Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 60, connection limit: 100)',
      'Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 10, connection limit: 1)',
    ],
  },
  {
    kind: 'typeorm-entity-missing',
    name: 'EntityNotFoundError',
    messages: [
      'Could not find any entity of type "Campaign" matching: {\n    "where": {\n        "id": 42\n    }\n}',
      'Could not find any entity of type "Campaign" matching: {\n    "where": {\n        "id": 7\n    }\n}',
      'Could not find any entity of type "Campaign" matching: {\n    "where": {\n        "id": 99001\n    }\n}',
      'Could not find any entity of type "Campaign" matching: {\n    "where": {\n        "id": "b7c1d2e3-0000-4000-8000-1234567890ab"\n    }\n}',
      'Could not find any entity of type "Campaign" matching: {\n    "where": {\n        "id": 1\n    }\n}',
      'Could not find any entity of type "Campaign" matching: {\n    "where": {\n        "id": 512\n    }\n}',
    ],
  },
  {
    kind: 'mongo-duplicate',
    name: 'MongoServerError',
    messages: [
      'E11000 duplicate key error collection: shop.orders index: number_1 dup key: { number: "A-1001" }',
      'E11000 duplicate key error collection: shop.orders index: number_1 dup key: { number: "B-77" }',
      'E11000 duplicate key error collection: shop.orders index: number_1 dup key: { number: "2026/118" }',
      'E11000 duplicate key error collection: shop.orders index: number_1 dup key: { number: 12 }',
      'E11000 duplicate key error collection: shop.orders index: number_1 dup key: { number: "C 9" }',
      'E11000 duplicate key error collection: shop.orders index: number_1 dup key: { number: null }',
    ],
  },
]
