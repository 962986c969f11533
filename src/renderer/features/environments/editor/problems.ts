import { ORPCError } from '@orpc/client'
import {
  type ProfileIssue,
  type ProfileProblem,
  profileProblems,
  profileSchema,
  type Profile,
  secretChangesSchema,
  type SecretSlot,
  secretSlots,
} from '#shared/contract/profiles.ts'
import type { ErrorData } from '#shared/errors.ts'
import { type Draft, profileOf } from './draft.ts'
import { secretChanges, slotsOf } from './secrets.ts'

/** What can be wrong with a field: with the profile, or with a secret that would now lead elsewhere. */
export type FieldProblem = ProfileProblem | 'secret-needed'

/** Problems by the path of their field; empty when all is well. */
export type FieldProblems = Record<string, FieldProblem>

/** The profile that the form says, or what is wrong with which field. */
export function readDraft(
  draft: Draft,
  kept: readonly SecretSlot[],
): { profile: Profile | null; problems: FieldProblems } {
  const parsed = profileSchema.safeParse(profileOf(draft))
  const issues = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({
        path: path.map((part) => (typeof part === 'number' ? part : String(part))),
        problem: problemIn(message),
      }))
  const problems = { ...fieldProblems(issues), ...secretProblems(draft, kept) }
  const sound = parsed.success && Object.keys(problems).length === 0
  return { profile: sound ? parsed.data : null, problems }
}

/** Problems that the console found, by the fields they are about; the first of each field. */
export function fieldProblems(issues: readonly ProfileIssue[]): FieldProblems {
  const problems: FieldProblems = {}
  for (const { path, problem } of issues) problems[fieldOf(path)] ??= problem
  return problems
}

/** What the console refused about fields, and the secrets it wants again; null for any other error. */
export function problemsOfRefusal(
  error: unknown,
): { problems: FieldProblems; secrets: SecretSlot[] } | null {
  if (!(error instanceof ORPCError)) return null
  const { code, data } = error as ORPCError<string, unknown>
  if (code === 'PROFILE_INVALID') {
    const { issues } = data as ErrorData<'PROFILE_INVALID'>
    const known = issues.map(({ path, problem }) => ({ path, problem: problemIn(problem) }))
    return { problems: fieldProblems(known), secrets: [] }
  }
  if (code === 'SECRETS_NEEDED') {
    const named = (data as ErrorData<'SECRETS_NEEDED'>).secrets
    const secrets = secretSlots.filter((slot) => named.includes(slot))
    return { problems: secretsNeeded(secrets), secrets }
  }
  return null
}

/** The console wants these secrets again, because they would be sent elsewhere. */
export function secretsNeeded(slots: readonly string[]): FieldProblems {
  return Object.fromEntries(slots.map((slot) => [`secrets.${slot}`, 'secret-needed' as const]))
}

export function problemIn(message: string): ProfileProblem {
  return profileProblems.find((problem) => problem === message) ?? 'not-valid'
}

/** A list of texts is one field, and a part that is off is the choice that puts it on. */
function fieldOf(path: readonly (string | number)[]): string {
  const [first, second] = path
  if (first === 'tags' || first === 'prefixes') return first
  if (path.length === 1 && first === 'tls') return 'encrypted'
  if (path.length === 1 && first === 'ssh') return 'tunnelled'
  const list = first === 'deployment' && (second === 'sentinels' || second === 'nodes')
  // Of the list itself, such as none at all: said at its first line.
  if (list && path.length === 2) return `${first}.${second}.0.host`
  return path.join('.')
}

function secretProblems(draft: Draft, kept: readonly SecretSlot[]): FieldProblems {
  const problems: FieldProblems = {}
  for (const slot of slotsOf(draft)) {
    const { change, text } = draft.secrets[slot]
    if (kept.includes(slot) && change === 'replace' && text === '') {
      problems[`secrets.${slot}`] = 'required'
    }
  }
  const parsed = secretChangesSchema.safeParse(secretChanges(draft, kept))
  for (const { path, message } of parsed.error?.issues ?? []) {
    problems[`secrets.${path.join('.')}`] ??= problemIn(message)
  }
  return problems
}
