import type { Migration } from './migration.ts'

export const knownQueues: Migration = {
  name: 'known queues',
  sql: `
    CREATE TABLE known_queue (
      environment   TEXT NOT NULL,
      prefix        TEXT NOT NULL,
      name          TEXT NOT NULL,
      first_seen_at INTEGER NOT NULL,
      last_seen_at  INTEGER NOT NULL,
      PRIMARY KEY (environment, prefix, name)
    ) STRICT, WITHOUT ROWID;
  `,
}
