/** Settings by name, each value as JSON text. Throws when the file cannot be read or written. */
export interface SettingsStore {
  read(): Map<string, string>
  write(values: ReadonlyMap<string, string>): void
}
