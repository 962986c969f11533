import type { Secrets } from '#shared/contract/profiles.ts'
import type { ProfileStore, SavedProfile, SecretStore } from './ports.ts'
import type { EnvironmentRegistry } from './registry.ts'

export interface SavingParts {
  registry: EnvironmentRegistry
  store: ProfileStore
  secrets: SecretStore
}

/**
 * Keeps a new profile's secrets, saves it and opens it. What was done is undone when a later part fails:
 * a secret without a profile would be found by nobody.
 */
export async function addSaved(
  { registry, store, secrets: keychain }: SavingParts,
  saved: SavedProfile,
  secrets: Secrets,
): Promise<void> {
  if (saved.secretsKept !== null) await keychain.write(saved.id, secrets, saved.secretsKept)
  try {
    store.save(saved)
  } catch (error) {
    if (saved.secretsKept !== null) await keychain.remove(saved.id)
    throw error
  }
  registry.add({ ...saved, saved: true, demo: false })
}

/**
 * Takes away what was saved with its secrets, and closes it. `leaveSecrets` leaves those in the keychain
 * where they are, since it may have gone for good.
 *
 * @throws ConsoleError KEYCHAIN_UNAVAILABLE.
 */
export async function removeSaved(
  { registry, store, secrets }: SavingParts,
  { id, secretsKept }: Pick<SavedProfile, 'id' | 'secretsKept'>,
  { leaveSecrets = false }: { leaveSecrets?: boolean | undefined } = {},
): Promise<void> {
  const left = leaveSecrets && secretsKept === 'keychain'
  if (secretsKept !== null && !left) await secrets.remove(id)
  store.remove(id)
  await registry.remove(id)
}
