import { ConsoleError } from '#shared/errors.ts'
import type { ProfileStore, SavedProfile } from './ports.ts'
import type { EnvironmentRegistry, Entry } from './registry.ts'

/**
 * A saved environment as it is stored now: another console on the same data folder may have changed it,
 * and what is changed here must neither undo that nor pass it by.
 *
 * @throws ConsoleError ENVIRONMENT_NOT_SAVED, and ENVIRONMENT_NOT_FOUND also when it is stored no longer.
 */
export async function adoptStored(
  { registry, store }: { registry: EnvironmentRegistry; store: ProfileStore },
  environment: string,
): Promise<Entry> {
  const entry = registry.get(environment)
  if (!entry.saved) throw new ConsoleError('ENVIRONMENT_NOT_SAVED', { environment })
  const stored = store.list().find(({ id }) => id === environment)
  if (stored === undefined) {
    await registry.remove(environment)
    throw new ConsoleError('ENVIRONMENT_NOT_FOUND', { environment })
  }
  if (isSame(savedAs(stored), savedAs(entry))) return entry
  const newSecrets = !isSame(stored.secrets, entry.secrets)
  await registry.change({ ...stored, saved: true, demo: entry.demo }, { newSecrets })
  return registry.get(environment)
}

const savedAs = ({ id, profile, secrets, secretsKept }: SavedProfile): SavedProfile => ({
  id,
  profile,
  secrets,
  secretsKept,
})

/** Both came out of one schema, so their JSON has one form. */
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
