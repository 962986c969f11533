import type { Migration } from './migration.ts'

/**
 * What operators decided about mirrors, failure groups and views. The mirrors themselves are files of
 * their own, which can be built anew; this cannot.
 */
export const mirror: Migration = {
  name: 'mirror settings, failure notes and views',
  sql: `
    CREATE TABLE mirror_settings (
      environment TEXT PRIMARY KEY,
      settings    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Where the mirrored queues are, and up to when the mirror held them all. What is left of the
    -- backfill as JSON; null once all is read.
    CREATE TABLE mirror_memory (
      environment TEXT PRIMARY KEY,
      place       TEXT NOT NULL,
      synced_at   INTEGER,
      backfill    TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE failure_note (
      environment TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      name        TEXT,
      status      TEXT NOT NULL CHECK (status IN ('open', 'resolved', 'muted')),
      resolved_at INTEGER,
      note        TEXT,
      runbook     TEXT,
      merged_into TEXT,
      split       INTEGER NOT NULL CHECK (split IN (0, 1)),
      changed_by  TEXT NOT NULL,
      changed_at  INTEGER NOT NULL,
      PRIMARY KEY (environment, fingerprint)
    ) STRICT, WITHOUT ROWID;

    -- An environment of '' stands for all. plain_name is the name as names are compared.
    CREATE TABLE saved_view (
      id          TEXT PRIMARY KEY,
      position    INTEGER NOT NULL,
      environment TEXT NOT NULL,
      name        TEXT NOT NULL,
      plain_name  TEXT NOT NULL,
      filter      TEXT NOT NULL,
      sort        TEXT NOT NULL,
      columns     TEXT NOT NULL,
      UNIQUE (environment, plain_name)
    ) STRICT, WITHOUT ROWID;
  `,
}
