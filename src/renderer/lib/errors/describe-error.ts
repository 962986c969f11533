import { ORPCError } from '@orpc/client'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { z } from 'zod'
import { connectionReasonSchema } from '#shared/contract/connections.ts'
import { mirrorProblemSchema } from '#shared/contract/mirror.ts'
import { secretSlotSchema } from '#shared/contract/profiles.ts'
import { errorCatalogue, type ErrorCode } from '#shared/errors.ts'
import { ConnectionLostError } from '../client/errors.ts'

export interface ErrorDescription {
  /** Stable code, for searching and for support. */
  code: string
  title: string
  /** What happened and what was not changed. */
  detail: string
  /** What to do next. */
  next: string
  /** Id under which the log has the details; null for expected errors. */
  report: string | null
  /** False when it is a fault of the program. */
  expected: boolean
}

type Words = TFunction<['errors', 'common']>
type Sentences =
  | ErrorCode
  | 'CONNECTION_LOST'
  | 'CONNECTION_LOST_SENT'
  | 'INVALID_INPUT'
  | 'UNEXPECTED'

/** An error of a call in the operator's words: code and data from the console, sentences from here. */
export function describeError(error: unknown, t: Words): ErrorDescription {
  if (error instanceof ConnectionLostError) {
    return sentences(error.sent ? 'CONNECTION_LOST_SENT' : 'CONNECTION_LOST', {}, t)
  }
  if (error instanceof ORPCError) {
    const { code, data } = error as ORPCError<string, Record<string, unknown> | undefined>
    if (isCode(code)) return sentences(code, values(code, data ?? {}, t), t)
    if (code === 'BAD_REQUEST') return sentences('INVALID_INPUT', {}, t)
    const report = typeof data?.['report'] === 'string' ? data['report'] : null
    return { ...sentences('UNEXPECTED', {}, t), code, report, expected: false }
  }
  return { ...sentences('UNEXPECTED', {}, t), expected: false }
}

/** `describeError` in the language on screen. */
export function useDescribeError(): (error: unknown) => ErrorDescription {
  const { t } = useTranslation(['errors', 'common'])
  return (error) => describeError(error, t)
}

/** What an error's code says, in one sentence, for a code that was recorded; the code itself if unknown. */
export function useDescribeCode(): (code: string, details: Record<string, unknown>) => string {
  const { t } = useTranslation(['errors', 'common'])
  return (code, details) => {
    if (!isCode(code)) return code
    const { data } = details
    const known = typeof data === 'object' && data !== null ? { ...data } : details
    return sentences(code, values(code, known, t), t).title
  }
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code)
}

function sentences(code: Sentences, data: Record<string, string>, t: Words): ErrorDescription {
  const say = t as (key: string, values: Record<string, string>) => string
  return {
    code,
    title: say(`${code}.title`, data),
    detail: say(`${code}.detail`, data),
    next: say(`${code}.next`, data),
    report: null,
    expected: true,
  }
}

/** The data of an error as words: a reason and a state are translated, the rest is shown as it is. */
function values(code: ErrorCode, data: Record<string, unknown>, t: Words): Record<string, string> {
  const plain = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  if (code === 'ENVIRONMENT_UNREACHABLE') {
    const reason = connectionReasonSchema.catch('unknown').parse(data['reason'])
    return { ...plain, reason: t(`reason.${reason}`) }
  }
  if (code === 'PROFILE_INVALID') return { ...plain, fields: fields(data['issues']) }
  if (code === 'MIRROR_SETTINGS_INVALID') return { ...plain, fields: fields(data['issues']) }
  if (code === 'MIRROR_UNAVAILABLE') {
    const problem = mirrorProblemSchema.catch('unavailable').parse(data['problem'])
    return { ...plain, problem: t(`mirror.${problem}`) }
  }
  if (code === 'FILTER_INVALID') {
    const { problems } = errorCatalogue[code].data.catch({ problems: [] }).parse(data)
    return { ...plain, parts: problems.map(({ text }) => text).join(', ') || '?' }
  }
  if (code === 'SECRETS_NEEDED') {
    const slots = z.array(secretSlotSchema).catch([]).parse(data['secrets'])
    return { ...plain, secrets: slots.map((slot) => t(`secret.${slot}`)).join(', ') }
  }
  if (code === 'TRANSFER_INVALID') {
    const { problem } = errorCatalogue[code].data.catch({ problem: 'damaged' }).parse(data)
    return { ...plain, problem: t(`transfer.${problem}`) }
  }
  if (code === 'JOB_STATE_CHANGED') {
    return {
      ...plain,
      expected: stateWord(data['expected'], t),
      actual: stateWord(data['actual'], t),
    }
  }
  if (code === 'QUEUE_UNSUPPORTED') {
    return {
      ...plain,
      version: typeof data['version'] === 'string' ? `BullMQ ${data['version']}` : 'Bull',
    }
  }
  if (code === 'VALUE_TOO_LARGE') {
    return { ...plain, size: megabytes(data['size']), limit: megabytes(data['limit']) }
  }
  return plain
}

/** The fields that do not hold, by their names in the profile: `deployment.host, prefixes.0`. */
function fields(issues: unknown): string {
  const { success, data } = errorCatalogue.PROFILE_INVALID.data.shape.issues.safeParse(issues)
  return success ? data.map(({ path }) => path.join('.')).join(', ') : '?'
}

const megabytes = (bytes: unknown): string => String(Math.ceil(Number(bytes) / 1024 ** 2))

function stateWord(state: unknown, t: Words): string {
  const say = t as (key: string, options: Record<string, string>) => string
  const text = String(state)
  return say(`common:state.${text}`, { defaultValue: text })
}
