import {
  defaultColorOf,
  profileProblems,
  profileSchema,
  type Profile,
  type ProfileIssue,
} from '#shared/contract/profiles.ts'
import { addressOf } from '#shared/domain/redis-url.ts'
import { ConsoleError } from '#shared/errors.ts'

/**
 * A profile with a change of some of its fields. Another kind brings its colour and, in production, its
 * lock, unless the change says otherwise.
 *
 * @throws ConsoleError PROFILE_INVALID when the fields do not hold together.
 */
export function changedProfile(before: Profile, change: Partial<Profile>): Profile {
  const { kind = before.kind } = change
  const ofKind =
    kind === before.kind
      ? {}
      : { color: defaultColorOf[kind], ...(kind === 'production' ? { locked: true } : {}) }
  const parsed = profileSchema.safeParse({ ...before, ...ofKind, ...change })
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }): ProfileIssue => ({
    path: path.filter((part) => typeof part !== 'symbol'),
    problem: profileProblems.find((problem) => problem === message) ?? 'not-valid',
  }))
  throw new ConsoleError('PROFILE_INVALID', { issues })
}

/** Names of the fields in which two profiles differ. */
export function changedFields(before: Profile, after: Profile): string[] {
  const fields = Object.keys(after) as (keyof Profile)[]
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
}

/** What the audit keeps of a change, from what to what: what decides over risk, and nothing secret. */
export function keptChanges(
  before: Profile,
  after: Profile,
): Record<string, { from: unknown; to: unknown }> {
  const [old, now] = [auditedOf(before), auditedOf(after)]
  const changed = (Object.keys(now) as (keyof typeof now)[]).filter(
    (field) => old[field] !== now[field],
  )
  return Object.fromEntries(changed.map((field) => [field, { from: old[field], to: now[field] }]))
}

function auditedOf(profile: Profile) {
  const { name, kind, access, locked } = profile
  return { name, kind, address: addressOf(profile), access, locked }
}
