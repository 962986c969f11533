import type { Migration } from './migration.ts'

export const settings: Migration = {
  name: 'settings',
  sql: `
    CREATE TABLE settings (
      name  TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
