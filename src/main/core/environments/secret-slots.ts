import {
  secretSlots,
  type SecretChanges,
  type SecretKeeping,
  type Secrets,
  type SecretSlot,
} from '#shared/contract/profiles.ts'

/** Which secrets there are and where, as it is stored of a profile. */
interface Kept {
  secrets: SecretSlot[]
  secretsKept: SecretKeeping | null
}

export function kept(secrets: Secrets, keep: SecretKeeping): Kept {
  const present = secretSlots.filter((slot) => secrets[slot] !== undefined)
  return { secrets: present, secretsKept: present.length === 0 ? null : keep }
}

/** The same after a change: null removes, what is not named stays. */
export function keptAfter(
  before: readonly SecretSlot[],
  changes: SecretChanges,
  keep: SecretKeeping,
): Kept {
  const present = secretSlots.filter((slot) =>
    changes[slot] === undefined ? before.includes(slot) : changes[slot] !== null,
  )
  return { secrets: present, secretsKept: present.length === 0 ? null : keep }
}

/** Secrets with a change applied. */
export function withChanges(secrets: Secrets, changes: SecretChanges): Secrets {
  const result: Secrets = { ...secrets }
  for (const slot of secretSlots) {
    const change = changes[slot]
    if (change === null) delete result[slot]
    else if (change !== undefined) result[slot] = change
  }
  return result
}
