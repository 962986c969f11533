import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { EnvironmentOptions } from './command-line-environment.ts'
import { describeEnvironment, redisUrlSchema } from './options-environment.ts'
import { helpText } from './options-help.ts'
import { version } from './version.ts'

/** What a command line decides, checked and with its defaults filled in. */
export interface Options {
  /** The entry that was asked for; null leaves it to the starter. */
  entry: 'desktop' | 'web' | null
  /** Null when no Redis was named. */
  environment: EnvironmentOptions | null
  dataDirectory: string
  /** True when `--data` named that folder; the starter gives a demo a temporary one otherwise. */
  dataGiven: boolean
  /** 0 takes any free port. */
  port: number
  /** A name or address without brackets. */
  host: string
  /** Open a browser (or a window) on start. */
  open: boolean
  /** Fixed access token of the web entry; null makes a new one at each start. */
  token: string | null
  /** Lines the operator must see before the console starts. */
  warnings: string[]
}

export type ParsedOptions =
  | { kind: 'run'; options: Options }
  | { kind: 'help' | 'version'; text: string }
  /** One line; print it to stderr and exit with 2. Never holds a value that was given. */
  | { kind: 'problem'; problem: string }

/** The facts about a machine that defaults depend on. */
export interface Machine {
  platform: NodeJS.Platform
  homeDirectory: string
  workingDirectory: string
}

const flags = {
  redis: { type: 'string' },
  name: { type: 'string' },
  kind: { type: 'string' },
  prefix: { type: 'string' },
  'read-only': { type: 'boolean' },
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  web: { type: 'boolean' },
  desktop: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const
type Flag = keyof typeof flags

const printable = /^[^\p{Cc}\p{Cs}]+$/u

const valuesSchema = z
  .object({
    redis: redisUrlSchema.optional(),
    name: z
      .string()
      .trim()
      .min(1, '--name needs a name')
      .max(60, '--name takes at most 60 characters')
      .regex(printable, '--name may not hold control characters')
      .optional(),
    kind: z
      .enum(['development', 'staging', 'production'], {
        error: '--kind must be development, staging or production',
      })
      .optional(),
    prefix: z
      .string()
      .min(1, '--prefix needs a value')
      .max(200, '--prefix takes at most 200 characters')
      .regex(printable, '--prefix may not hold control characters')
      .default('bull'),
    'read-only': z.boolean().default(false),
    data: z
      .string()
      .min(1, '--data needs a folder')
      .regex(/^[^\0]*$/, '--data is not a folder')
      .optional(),
    port: z
      .string()
      .regex(/^\d{1,5}$/, '--port must be a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, '--port must be a number from 0 to 65535')
      .default(4780),
    host: z
      .string()
      .regex(
        /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]|[0-9a-f:.]*:[0-9a-f:.]*)$/i,
        '--host must be a host name or an IP address, without a port',
      )
      .max(253, '--host is too long')
      .transform((host) => host.replace(/^\[|\]$/g, '').toLowerCase())
      .default('127.0.0.1'),
    web: z.boolean().default(false),
    desktop: z.boolean().default(false),
    'no-open': z.boolean().default(false),
    token: z
      .string()
      .regex(
        /^[A-Za-z0-9._~-]{16,256}$/,
        'VIGIE_TOKEN must have 16 to 256 characters out of A-Z a-z 0-9 . _ ~ -',
      )
      .optional(),
    demo: z.literal('1', { error: 'VIGIE_DEMO must be 1 or not be set' }).optional(),
  })
  .refine(({ web, desktop }) => !(web && desktop), '--web and --desktop exclude each other')

/**
 * Reads a command line (without the program's name) and the environment variables VIGIE_REDIS,
 * VIGIE_TOKEN and VIGIE_DEMO. Never throws, and no message repeats a value, since any may be a secret.
 */
export function parseOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  machine: Machine = {
    platform: process.platform,
    homeDirectory: homedir(),
    workingDirectory: process.cwd(),
  },
): ParsedOptions {
  const given = readFlags(argv)
  if (typeof given === 'string') return { kind: 'problem', problem: given }
  if (given.help) return { kind: 'help', text: helpText }
  if (given.version) return { kind: 'version', text: version }

  const redisFromFlag = given.redis !== undefined
  const parsed = valuesSchema.safeParse({
    ...given,
    redis: given.redis ?? (env['VIGIE_REDIS'] || undefined),
    token: env['VIGIE_TOKEN'] || undefined,
    demo: env['VIGIE_DEMO'] || undefined,
  })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const problem = issue?.message ?? 'The command line cannot be read'
    const fromVariable = issue?.path[0] === 'redis' && !redisFromFlag
    return {
      kind: 'problem',
      problem: fromVariable ? problem.replace('--redis', 'VIGIE_REDIS') : problem,
    }
  }
  const values = parsed.data
  if (values.redis === undefined) {
    const orphan = (['name', 'kind', 'prefix', 'read-only'] as const).find(
      (flag) => given[flag] !== undefined,
    )
    if (orphan !== undefined) {
      return { kind: 'problem', problem: `--${orphan} describes a Redis, so it needs --redis URL` }
    }
  }
  const environment =
    values.redis === undefined
      ? null
      : describeEnvironment({
          url: values.redis,
          name: values.name,
          kind: values.kind,
          prefix: values.prefix,
          readOnly: values['read-only'],
          demo: values.demo !== undefined,
        })
  const path = machine.platform === 'win32' ? win32 : posix
  return {
    kind: 'run',
    options: {
      entry: values.web ? 'web' : values.desktop ? 'desktop' : null,
      environment,
      dataDirectory:
        values.data === undefined
          ? defaultDataDirectory(env, machine)
          : path.resolve(machine.workingDirectory, values.data),
      dataGiven: values.data !== undefined,
      port: values.port,
      host: values.host,
      open: !values['no-open'],
      token: values.token ?? null,
      warnings: [...hostWarnings(values.host), ...kindWarnings(environment, values.kind)],
    },
  }
}

/** True for the addresses only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

function hostWarnings(host: string): string[] {
  return isLoopback(host)
    ? []
    : [
        `WARNING: --host ${host} opens this console to other machines, without encryption: whoever can read the traffic can read the token and act on your queues.`,
      ]
}

/** Production is locked, which would surprise who never said that it is production. */
function kindWarnings(environment: Options['environment'], said: string | undefined): string[] {
  return environment?.kind !== 'production' || said !== undefined || environment.readOnly
    ? []
    : [
        'A Redis on another machine counts as production, so it is locked until you unlock it; say --kind staging or --kind development if it is not.',
      ]
}

/** Strict reading with messages of our own: those of parseArgs repeat what was typed. */
function readFlags(argv: readonly string[]): Partial<Record<Flag, string | boolean>> | string {
  const { tokens } = parseArgs({
    args: [...argv],
    options: flags,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given: Partial<Record<Flag, string | boolean>> = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      return `Argument ${token.index + 1} is not a flag; see --help`
    }
    if (!Object.hasOwn(flags, token.name)) {
      return /^[a-z][a-z-]{0,20}$/.test(token.name)
        ? `Unknown flag ${token.rawName}; see --help`
        : `Argument ${token.index + 1} is not a known flag; see --help`
    }
    const flag = token.name as Flag
    if (flags[flag].type === 'boolean') {
      if (token.value !== undefined) return `--${flag} takes no value`
      given[flag] = true
      continue
    }
    const missing = token.value === undefined || (!token.inlineValue && token.value.startsWith('-'))
    if (missing) return `--${flag} needs a value`
    given[flag] = token.value
  }
  return given
}

function defaultDataDirectory(
  env: Readonly<Record<string, string | undefined>>,
  { platform, homeDirectory }: Machine,
): string {
  if (platform === 'win32') {
    return win32.join(env['APPDATA'] || win32.join(homeDirectory, 'AppData', 'Roaming'), 'Vigie')
  }
  if (platform === 'darwin') {
    return posix.join(homeDirectory, 'Library', 'Application Support', 'Vigie')
  }
  // The XDG specification: a relative path is invalid and ignored.
  const data = env['XDG_DATA_HOME']
  return data?.startsWith('/')
    ? posix.join(data, 'vigie')
    : posix.join(homeDirectory, '.local', 'share', 'vigie')
}
