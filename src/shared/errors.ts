import { z } from 'zod'

/**
 * The catalogue of expected errors: a stable code, its HTTP status and the shape of its data. Core
 * throws code and data; only the renderer writes sentences. `message` is for developers and for
 * callers of the HTTP API, in English.
 */
export const errorCatalogue = {
  ENVIRONMENT_NOT_FOUND: {
    status: 404,
    message: 'No such environment',
    data: z.object({ environment: z.string() }),
  },
  ENVIRONMENT_UNREACHABLE: {
    status: 503,
    message: 'The environment cannot be reached now',
    data: z.object({ environment: z.string(), reason: z.string() }),
  },
  ENVIRONMENT_READ_ONLY: {
    status: 423,
    message: 'The environment is view only, or its Redis a replica: nothing was changed',
    data: z.object({ environment: z.string() }),
  },
  ENVIRONMENT_LOCKED: {
    status: 423,
    message: 'The environment is locked: nothing was changed; unlock it first',
    data: z.object({ environment: z.string() }),
  },
  ENVIRONMENT_NOT_SAVED: {
    status: 409,
    message: 'The environment was opened by the command line, so there is no profile to change',
    data: z.object({ environment: z.string() }),
  },
  CONFIRMATION_NEEDED: {
    status: 422,
    message: 'The name of the environment must be given, exactly as it stands',
    data: z.object({ environment: z.string() }),
  },
  PROFILE_INVALID: {
    status: 422,
    message: 'The profile does not hold',
    data: z.object({
      issues: z.array(
        z.object({ path: z.array(z.union([z.string(), z.number()])), problem: z.string() }),
      ),
    }),
  },
  SECRETS_NEEDED: {
    status: 409,
    message:
      'The profile leads elsewhere than the one these secrets were kept for: give them again or remove them',
    data: z.object({ secrets: z.array(z.string()) }),
  },
  KEYCHAIN_UNAVAILABLE: {
    status: 503,
    message: 'The keychain cannot be used, so nothing was kept; secrets can be kept in memory',
    data: z.object({ problem: z.string() }),
  },
  TRANSFER_INVALID: {
    status: 422,
    message: 'The file cannot be imported: nothing was added',
    data: z.object({
      problem: z.enum([
        'not-a-transfer',
        'newer-version',
        'damaged',
        'passphrase-needed',
        'passphrase-wrong',
        'profile-invalid',
      ]),
    }),
  },
  PERMISSION_DENIED: {
    status: 403,
    message: 'The Redis user may not do this',
    data: z.object({ environment: z.string(), command: z.string() }),
  },
  QUEUE_NOT_FOUND: {
    status: 404,
    message: 'No such queue',
    data: z.object({ queue: z.string() }),
  },
  QUEUE_NAME_INVALID: {
    status: 400,
    message: 'Not a queue name',
    data: z.object({ queue: z.string() }),
  },
  QUEUE_UNSUPPORTED: {
    status: 409,
    message: 'This version of the queue library is read only here: nothing was changed',
    data: z.object({ queue: z.string(), version: z.string().nullable() }),
  },
  QUEUE_ACROSS_SLOTS: {
    status: 409,
    message:
      'In a cluster all keys of a queue must share a slot: its name or prefix needs a {hash tag}. Nothing was changed',
    data: z.object({ queue: z.string() }),
  },
  JOB_ACROSS_SLOTS: {
    status: 409,
    message:
      'In a cluster a job and its parent or children must share a slot to be changed together: both queues need the same {hash tag}. Nothing was changed',
    /** `other` is the queue of the parent or child. */
    data: z.object({ queue: z.string(), job: z.string(), other: z.string() }),
  },
  QUEUE_PAUSE_MIXED: {
    status: 409,
    message:
      'The queue was paused by one major version of BullMQ and written to by another; an action now could lose jobs: nothing was changed',
    data: z.object({ queue: z.string() }),
  },
  JOB_NOT_FOUND: {
    status: 404,
    message: 'No such job',
    data: z.object({ queue: z.string(), job: z.string() }),
  },
  JOB_STATE_CHANGED: {
    status: 409,
    message: 'The job is no longer in the expected state: nothing was changed',
    data: z.object({ job: z.string(), expected: z.string(), actual: z.string() }),
  },
  JOB_ACTIVE: {
    status: 409,
    message: 'A worker holds the job: nothing was changed',
    data: z.object({ job: z.string() }),
  },
  JOB_OWNED_BY_SCHEDULER: {
    status: 409,
    message: 'The job belongs to a schedule: nothing was changed',
    data: z.object({ job: z.string(), scheduler: z.string() }),
  },
  JOB_PARENT_WAITING: {
    status: 409,
    message:
      'A parent waits for this job; removing it would release or delete the parent: nothing was changed',
    data: z.object({ job: z.string(), parentQueue: z.string(), parent: z.string() }),
  },
  JOB_FAMILY_TOO_LARGE: {
    status: 409,
    message: 'More jobs below this one than may be removed at once: nothing was changed',
    data: z.object({ job: z.string(), count: z.number(), limit: z.number() }),
  },
  KEY_TYPE_UNEXPECTED: {
    status: 409,
    message: 'A key in Redis is of another type than BullMQ writes: nothing was changed',
    /** `key` ends in `*` where only this much is known of it. */
    data: z.object({ key: z.string() }),
  },
  VALUE_TOO_LARGE: {
    status: 413,
    message: 'The value is too large to be read whole',
    data: z.object({
      job: z.string(),
      field: z.string(),
      /** Both in bytes. */
      size: z.number(),
      limit: z.number(),
    }),
  },
  CURSOR_INVALID: {
    status: 400,
    message: 'The cursor is not one this list handed out',
    data: z.object({}),
  },
  FILTER_INVALID: {
    status: 400,
    message: 'The filter does not hold',
    data: z.object({
      /** Offsets in UTF-16 units of the filter's text. */
      problems: z.array(
        z.object({
          start: z.number(),
          end: z.number(),
          problem: z.string(),
          text: z.string(),
          /** What may stand there instead. */
          suggestion: z.string().optional(),
        }),
      ),
    }),
  },
  MIRROR_UNAVAILABLE: {
    status: 503,
    message:
      'The local mirror of this environment cannot be used; it can be rebuilt, and nothing else depends on it',
    data: z.object({
      environment: z.string(),
      problem: z.enum(['damaged', 'newer', 'disk-full', 'not-permitted', 'unavailable']),
    }),
  },
  MIRROR_SETTINGS_INVALID: {
    status: 422,
    message: 'These settings of the mirror do not hold',
    data: z.object({
      issues: z.array(
        z.object({ path: z.array(z.union([z.string(), z.number()])), problem: z.string() }),
      ),
    }),
  },
  FAILURE_GROUP_NOT_FOUND: {
    status: 404,
    message: 'No such failure group',
    data: z.object({ group: z.string() }),
  },
  VIEW_NOT_FOUND: {
    status: 404,
    message: 'No such saved view',
    data: z.object({ view: z.string() }),
  },
  VIEW_NAME_TAKEN: {
    status: 409,
    message: 'A saved view has this name',
    data: z.object({ name: z.string() }),
  },
  AUDIT_UNAVAILABLE: {
    status: 503,
    message: 'The audit cannot be written, so nothing was changed',
    data: z.object({}),
  },
  OUTCOME_UNKNOWN: {
    status: 502,
    message:
      'The connection failed while Redis was being changed; look at the job before trying again',
    data: z.object({ job: z.string() }),
  },
} as const satisfies Record<string, { status: number; message: string; data: z.ZodType }>

export type ErrorCode = keyof typeof errorCatalogue
export type ErrorData<Code extends ErrorCode> = z.infer<(typeof errorCatalogue)[Code]['data']>

/** An expected failure: what core throws and every caller can handle by its code. */
export class ConsoleError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code
  readonly data: ErrorData<Code>

  constructor(code: Code, data: ErrorData<Code>, options?: ErrorOptions) {
    super(errorCatalogue[code].message, options)
    this.name = 'ConsoleError'
    this.code = code
    this.data = data
  }
}

/** Narrows to the union of all codes, which `instanceof` on a generic class cannot. */
export function isConsoleError(error: unknown): error is ConsoleError {
  return error instanceof ConsoleError
}

/** The part of the catalogue a procedure declares in its contract. */
export function errorsOf<const Code extends ErrorCode>(
  ...codes: Code[]
): Pick<typeof errorCatalogue, Code> {
  return Object.fromEntries(codes.map((code) => [code, errorCatalogue[code]])) as Pick<
    typeof errorCatalogue,
    Code
  >
}
