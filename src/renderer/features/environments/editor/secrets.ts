import type { SecretChanges, SecretSlot } from '#shared/contract/profiles.ts'
import { type Draft, isTunnelled } from './draft.ts'

/** The secrets that a profile like this one has a use for. */
export function slotsOf(draft: Draft): SecretSlot[] {
  const { deployment, encrypted, tls, ssh } = draft
  const slots: SecretSlot[] = ['password']
  if (deployment.type === 'sentinel') slots.push('sentinelPassword')
  if (encrypted && tls.certificate.trim() !== '') slots.push('tlsKey', 'tlsKeyPassphrase')
  if (isTunnelled(draft) && ssh.authentication === 'password') slots.push('sshPassword')
  if (isTunnelled(draft) && ssh.authentication === 'key') slots.push('sshKey', 'sshKeyPassphrase')
  return slots
}

/**
 * What to tell the console of secrets: those typed are set, those taken away or without use any more are
 * removed, and nothing is said of the others.
 */
export function secretChanges(draft: Draft, kept: readonly SecretSlot[]): SecretChanges {
  const used = slotsOf(draft)
  const changes: SecretChanges = {}
  for (const slot of kept) {
    if (!used.includes(slot) || draft.secrets[slot].change === 'remove') changes[slot] = null
  }
  for (const slot of used) {
    const { change, text } = draft.secrets[slot]
    const typed = kept.includes(slot) ? change === 'replace' : true
    if (typed && text !== '') changes[slot] = text
  }
  return changes
}

/** Whether any secret is to be set, so that it matters where secrets can be kept. */
export function setsSecrets(changes: SecretChanges): boolean {
  return Object.values(changes).some((text) => typeof text === 'string')
}
