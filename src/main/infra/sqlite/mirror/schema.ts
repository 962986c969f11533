import { extractedWords } from '#shared/domain/extracted-columns.ts'

/*
 * `mirror-<environment>.db`. It holds nothing that cannot be read from Redis again, so a schema of another
 * version is never migrated: an older file is built anew, a newer one is refused.
 */

/** The `user_version` of the file. */
export const mirrorSchemaVersion = 4

/**
 * A row's key is its time and a tie-breaker, so that newest first is the order of the table, of each
 * index, and of what the text index finds: `at * keyTies + n`. Few ties, so that keys lie close together,
 * which is most of what the text index takes. More jobs of one millisecond spill into the keys of the next
 * ones; how far at most is the fact `spill`.
 */
export const keyTies = 8

/** Fields whose values are kept once, in `word`. Their index is the `field` there. */
export const dictionaries = ['name', ...extractedWords, 'scheduler'] as const
export type Dictionary = (typeof dictionaries)[number]

/** Characters of a message that are kept. */
export const longestMessage = 1000

const columns = `
  queue INTEGER NOT NULL,
  id TEXT NOT NULL,
  -- Index in jobStates; one more for a hash in no state.
  state INTEGER NOT NULL,
  name INTEGER NOT NULL,
  -- Of the sorted set; null for a list.
  score REAL,
  added INTEGER, started INTEGER, finished INTEGER, due INTEGER,
  -- From being runnable to start, as the live list has it; null where it is unknown.
  wait INTEGER,
  attempts INTEGER NOT NULL, allowed INTEGER NOT NULL, priority INTEGER NOT NULL,
  stalled INTEGER NOT NULL,
  progress ANY,
  message TEXT,
  -- First line of the message, only where it cannot be told from what is kept of it.
  line TEXT,
  scheduler INTEGER,
  -- \`<queue>\\n<id>\`.
  parent TEXT,
  failure INTEGER,
  user INTEGER, brand INTEGER, provider INTEGER, model INTEGER, variant INTEGER,
  cost REAL, memory REAL, tokens REAL, reported REAL,
  checkpoint TEXT,
  -- 1 once stack and payload were read, 2 where one of them was too long for it.
  detailed INTEGER NOT NULL,
  seen INTEGER NOT NULL`

export const mirrorSchema = `
-- What the file was written with (\`settings\`, \`grouping\`), and what its readers must know (\`spill\`).
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE queue (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  -- QueueMark as JSON; null for a queue that is no longer there.
  mark TEXT
) STRICT;

CREATE TABLE word (
  id INTEGER PRIMARY KEY,
  field INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (field, text)
) STRICT;

-- What is in Redis.
CREATE TABLE job (key INTEGER PRIMARY KEY, ${columns}) STRICT;
CREATE UNIQUE INDEX job_id ON job (queue, id);
-- Each ends in the key, which SQLite adds: so each is ordered by time.
CREATE INDEX job_queue ON job (queue, state);
CREATE INDEX job_state ON job (state);
CREATE INDEX job_name ON job (name, state);
CREATE INDEX job_failure ON job (failure) WHERE failure IS NOT NULL;
CREATE INDEX job_user ON job (user) WHERE user IS NOT NULL;
CREATE INDEX job_extracted ON job (brand, provider, model, variant)
  WHERE brand IS NOT NULL OR provider IS NOT NULL OR model IS NOT NULL OR variant IS NOT NULL;
CREATE INDEX job_undetailed ON job (state) WHERE detailed = 0;
CREATE INDEX job_too_long ON job (state) WHERE detailed = 2;

-- What was there, and is kept for some time. Not in the text index.
CREATE TABLE gone_job (key INTEGER PRIMARY KEY, gone INTEGER NOT NULL, ${columns}) STRICT;
CREATE UNIQUE INDEX gone_job_id ON gone_job (queue, id);
CREATE INDEX gone_job_gone ON gone_job (gone);
CREATE INDEX gone_job_failure ON gone_job (failure) WHERE failure IS NOT NULL;

-- Payloads as chosen: redacted and cut.
CREATE TABLE payload (key INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

-- What the errors and names of many jobs have in common (text-shape.ts). A number is never used again.
CREATE TABLE shape (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE) STRICT;
-- Text of a job: error, name, id, user, payload, a line each; of error and name only what is not in their shape,
-- and the mark of that. Without positions, which would double them.
CREATE VIRTUAL TABLE words USING fts5(
  text, shape, content = '', contentless_delete = 1, detail = none,
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE pieces USING fts5(
  text, shape, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);
-- Merged in idle time by whoever writes, never on the way: a transaction stays short.
INSERT INTO words (words, rank)
  VALUES ('automerge', 0), ('crisismerge', 1999), ('usermerge', 16), ('hashsize', 16777216);
INSERT INTO pieces (pieces, rank)
  VALUES ('automerge', 0), ('crisismerge', 1999), ('usermerge', 16), ('hashsize', 16777216);
-- Rows whose text is in neither; all others are in both.
CREATE TABLE unindexed (key INTEGER PRIMARY KEY) STRICT;

CREATE TABLE failure_group (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  error_class TEXT,
  message TEXT NOT NULL,
  frame TEXT,
  split_from TEXT,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  -- Newest stack, cut at 20,000 characters.
  stack TEXT,
  stack_at INTEGER
) STRICT;
-- All that groups are picked by, without their stacks between.
CREATE INDEX failure_group_seen ON failure_group (fingerprint, first_seen, last_seen);

-- Failures that were seen, also of jobs that ran again or are gone since. An hour is of the Unix epoch.
CREATE TABLE failure_hour (
  failure INTEGER NOT NULL, hour INTEGER NOT NULL, queue INTEGER NOT NULL, name INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (failure, hour, queue, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX failure_hour_hour ON failure_hour (hour, failure, queue, name, count);

CREATE TABLE failure_user (
  failure INTEGER NOT NULL, user INTEGER NOT NULL, queue INTEGER NOT NULL, name INTEGER NOT NULL,
  count INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (failure, user, queue, name)
) STRICT, WITHOUT ROWID;
`
