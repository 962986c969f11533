import {
  secretSlots,
  type Profile,
  type SecretChanges,
  type SecretKeeping,
} from '#shared/contract/profiles.ts'
import type { ProfileChange } from '../services.ts'
import type { SavingParts } from './add-saved.ts'
import type { SavedProfile } from './ports.ts'
import type { Entry } from './registry.ts'
import { keptAfter } from './secret-slots.ts'

/**
 * Puts a changed profile and its new secrets in the place of one. The old link is off from before the
 * secrets are written, since they may be for another place. When a later part fails the new secrets are
 * taken back, and what was there connects again, without them.
 *
 * @throws ConsoleError KEYCHAIN_UNAVAILABLE.
 */
export async function changeSaved(
  { registry, store, secrets }: SavingParts,
  before: Entry,
  profile: Profile,
  change: ProfileChange,
): Promise<void> {
  const setup = { saved: true, demo: before.demo }
  const newSecrets = Object.keys(change.secrets).length > 0
  const keep = change.keepSecrets ?? before.secretsKept ?? 'keychain'
  if (!newSecrets) {
    const from = movedFrom(before, change)
    if (from !== null) await secrets.write(before.id, {}, keep)
    const after = savedAs(before, profile, from === null ? before.secretsKept : keep)
    try {
      store.save(after)
    } catch (error) {
      if (from !== null) await secrets.write(before.id, {}, from)
      throw error
    }
    await registry.change({ ...after, ...setup }, { newSecrets })
    return
  }
  const release = await registry.withhold(before.id)
  try {
    await secrets.write(before.id, change.secrets, keep)
  } catch (error) {
    release()
    throw error
  }
  const after = {
    ...savedAs(before, profile, keep),
    ...keptAfter(before.secrets, change.secrets, keep),
  }
  try {
    store.save(after)
  } catch (error) {
    // Where even that fails the link stays off, so that they go nowhere.
    await secrets.write(before.id, withoutGiven(change.secrets), keep)
    release()
    throw error
  }
  await registry.change({ ...after, ...setup }, { newSecrets })
}

/** Where secrets are kept now that a change wants kept elsewhere; null when they stay or there are none. */
export function movedFrom(
  { secretsKept }: Pick<Entry, 'secretsKept'>,
  { keepSecrets }: Pick<ProfileChange, 'keepSecrets'>,
): SecretKeeping | null {
  return keepSecrets === undefined || keepSecrets === secretsKept ? null : secretsKept
}

const savedAs = (
  { id, secrets }: Entry,
  profile: Profile,
  secretsKept: SecretKeeping | null,
): SavedProfile => ({ id, profile, secrets, secretsKept })

/** Takes back what a change has set; what it has removed is gone. */
function withoutGiven(changes: SecretChanges): SecretChanges {
  const given = secretSlots.filter((slot) => typeof changes[slot] === 'string')
  return Object.fromEntries(given.map((slot) => [slot, null]))
}
