import type { Migration } from './migration.ts'

/**
 * Saved profiles as JSON text, so that their fields are declared in the contract alone. `secrets` names
 * the slots that are filled; what is in them is in the keychain or in memory, never here.
 */
export const environments: Migration = {
  name: 'environments',
  sql: `
    CREATE TABLE environment (
      id           TEXT PRIMARY KEY,
      position     INTEGER NOT NULL,
      profile      TEXT NOT NULL,
      secrets      TEXT NOT NULL,
      secrets_kept TEXT CHECK (secrets_kept IN ('keychain', 'memory'))
    ) STRICT, WITHOUT ROWID;
  `,
}
