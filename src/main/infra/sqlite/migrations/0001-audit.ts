import type { Migration } from './migration.ts'

/**
 * The audit chain. The database itself refuses to change or remove an entry, to leave a hole and to
 * move the head anywhere but one step on; whoever drops these triggers is found by the hashes.
 */
export const audit: Migration = {
  name: 'audit',
  sql: `
    CREATE TABLE audit (
      sequence      INTEGER PRIMARY KEY,
      at            INTEGER NOT NULL,
      kind          TEXT NOT NULL CHECK (kind IN ('intent', 'outcome', 'refusal')),
      operation     TEXT NOT NULL,
      operator      TEXT NOT NULL,
      via           TEXT NOT NULL,
      environment   TEXT NOT NULL,
      action        TEXT NOT NULL,
      queue         TEXT,
      job           TEXT,
      reason        TEXT,
      result        TEXT,
      details       TEXT NOT NULL,
      previous_hash TEXT NOT NULL,
      hash          TEXT NOT NULL
    ) STRICT;

    CREATE INDEX audit_shown ON audit (environment, sequence) WHERE kind <> 'outcome';
    CREATE INDEX audit_shown_job ON audit (environment, queue, job, sequence) WHERE kind <> 'outcome';
    CREATE INDEX audit_outcome ON audit (operation) WHERE kind = 'outcome';

    -- Operations with an intent and no outcome yet, so that a start need not read the whole audit.
    CREATE TABLE audit_open (operation TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TRIGGER audit_opens AFTER INSERT ON audit WHEN NEW.kind = 'intent'
      BEGIN INSERT INTO audit_open (operation, sequence) VALUES (NEW.operation, NEW.sequence); END;
    CREATE TRIGGER audit_closes AFTER INSERT ON audit WHEN NEW.kind = 'outcome'
      BEGIN DELETE FROM audit_open WHERE operation = NEW.operation; END;

    CREATE TABLE audit_head (
      id       INTEGER PRIMARY KEY CHECK (id = 1),
      sequence INTEGER NOT NULL,
      hash     TEXT NOT NULL
    ) STRICT;
    INSERT INTO audit_head (id, sequence, hash)
      VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

    CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
      WHEN NEW.sequence IS NOT (SELECT sequence + 1 FROM audit_head)
      BEGIN SELECT RAISE(ABORT, 'the audit has no holes'); END;
    CREATE TRIGGER audit_moves_head AFTER INSERT ON audit
      BEGIN UPDATE audit_head SET sequence = NEW.sequence, hash = NEW.hash; END;
    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
    CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
      WHEN NEW.sequence IS NOT OLD.sequence + 1
      BEGIN SELECT RAISE(ABORT, 'the head of the audit moves one step at a time'); END;
    CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
      BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  `,
}
