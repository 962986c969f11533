import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLoopback, parseOptions, type Machine, type Options } from './options.ts'
import { version } from './version.ts'

const linux: Machine = { platform: 'linux', homeDirectory: '/home/ada', workingDirectory: '/work' }

function run(argv: string[], env: Record<string, string> = {}, machine = linux): Options {
  const parsed = parseOptions(argv, env, machine)
  if (parsed.kind !== 'run') throw new Error(JSON.stringify(parsed))
  return parsed.options
}

function problem(argv: string[], env: Record<string, string> = {}): string {
  const parsed = parseOptions(argv, env, linux)
  if (parsed.kind !== 'problem') throw new Error(JSON.stringify(parsed))
  return parsed.problem
}

const idOf = (name: string, redis = 'redis://127.0.0.1:7001', prefix = 'bull') =>
  run([`--name=${name}`, '--redis', redis, '--prefix', prefix]).environment?.id

describe('without flags', () => {
  test('no environment is opened and the console stays on this machine', () => {
    expect(run([])).toEqual({
      entry: null,
      environment: null,
      dataDirectory: '/home/ada/.local/share/vigie',
      dataGiven: false,
      port: 4780,
      host: '127.0.0.1',
      open: true,
      token: null,
      warnings: [],
    })
  })
})

describe('the environment', () => {
  test('takes its name and id from host, port and database', () => {
    expect(run(['--redis', 'rediss://ada:pa%20ss@cache.example:6380/2']).environment).toEqual({
      id: expect.stringMatching(/^cache-example-6380-2-[0-9a-f]{8}$/),
      name: 'cache.example:6380/2',
      kind: 'production',
      url: 'rediss://ada:pa%20ss@cache.example:6380/2',
      prefix: 'bull',
      readOnly: false,
      demo: false,
    })
  })

  test('says the prefix in its default name when it is not the usual one', () => {
    const { environment } = run(['--redis', 'redis://localhost', '--prefix', 'shop'])
    expect(environment?.name).toBe('localhost:6379 shop')
    expect(environment?.id).toMatch(/^localhost-6379-shop-[0-9a-f]{8}$/)
  })

  test.each([
    ['redis://localhost', 'development'],
    ['redis://127.0.0.1:7000', 'development'],
    ['redis://[::1]:7000', 'development'],
    ['redis://10.0.0.5', 'production'],
    ['redis://localhost.example.com', 'production'],
  ])('%s counts as %s until said otherwise', (url, kind) => {
    expect(run(['--redis', url]).environment?.kind).toBe(kind)
    expect(run(['--redis', url, '--kind', 'staging']).environment?.kind).toBe('staging')
  })

  test('says that a Redis elsewhere is locked unless its kind was said', () => {
    expect(run(['--redis', 'redis://10.0.0.5']).warnings).toEqual([
      expect.stringContaining('locked until you unlock it'),
    ])
    expect(run(['--redis', 'redis://10.0.0.5', '--kind', 'production']).warnings).toEqual([])
    expect(run(['--redis', 'redis://10.0.0.5', '--read-only']).warnings).toEqual([])
    expect(run(['--redis', 'redis://127.0.0.1']).warnings).toEqual([])
  })

  test('is the demo when the starter says so', () => {
    const env = { VIGIE_REDIS: 'redis://127.0.0.1:7001', VIGIE_DEMO: '1' }
    expect(run(['--read-only'], env).environment).toMatchObject({
      id: 'demo',
      name: 'Demo',
      kind: 'development',
      demo: true,
      readOnly: true,
    })
  })

  test('a flag wins over the variable', () => {
    const { environment } = run(['--redis', 'redis://one'], { VIGIE_REDIS: 'redis://two' })
    expect(environment?.url).toBe('redis://one')
  })

  describe('has an id that', () => {
    test.each(['orders', 'eu-west', 'a1'])('is the name %s itself', (name) => {
      expect(idOf(name)).toBe(name)
    })

    test('is another one for every name', () => {
      const names = ['a-b', 'A.B', 'a b', 'A b', 'à b', '日本', '東京', '!', '?', 'Demo', 'demo']
      const ids = new Set(names.map((name) => idOf(name)))
      expect(ids.size).toBe(names.length)
      expect(ids).not.toContain('demo')
    })

    test('is another one for every address and prefix where the name does not say it', () => {
      const ids = [
        idOf('A.B'),
        idOf('A.B', 'redis://127.0.0.1:7002'),
        idOf('A.B', 'redis://127.0.0.1:7001/1'),
        idOf('A.B', 'redis://127.0.0.1:7001', 'shop'),
      ]
      expect(new Set(ids).size).toBe(ids.length)
    })

    test('stays when a password or another way of writing the same address comes', () => {
      const same = ['redis://cache', 'redis://ada:pw@CACHE:6379/0', 'rediss://cache:6379']
      expect(new Set(same.map((url) => idOf('A.B', url))).size).toBe(1)
      expect(new Set(same.map((url) => run(['--redis', url]).environment?.id)).size).toBe(1)
    })
  })

  test('has an id fit for a file name whatever its name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (name) => {
        const parsed = parseOptions([`--name=${name}`, '--redis', 'redis://h'], {}, linux)
        if (parsed.kind !== 'run') return
        expect(parsed.options.environment?.id).toMatch(/^[a-z0-9][a-z0-9-]*$/)
        expect(parsed.options.environment?.id.length).toBeLessThanOrEqual(100)
      }),
    )
  })
})

describe('the data folder', () => {
  test.each<[Machine['platform'], Record<string, string>, string]>([
    ['linux', {}, '/home/ada/.local/share/vigie'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/vigie'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/vigie'],
    ['darwin', {}, '/home/ada/Library/Application Support/Vigie'],
  ])('on %s with %j is %s', (platform, env, folder) => {
    expect(run([], env, { ...linux, platform }).dataDirectory).toBe(folder)
  })

  test('on Windows is in APPDATA', () => {
    const windows: Machine = {
      platform: 'win32',
      homeDirectory: 'C:\\Users\\ada',
      workingDirectory: 'C:\\',
    }
    expect(run([], { APPDATA: 'D:\\Roaming' }, windows).dataDirectory).toBe('D:\\Roaming\\Vigie')
    expect(run([], {}, windows).dataDirectory).toBe('C:\\Users\\ada\\AppData\\Roaming\\Vigie')
  })

  test('is taken from --data, relative to where the console was started', () => {
    expect(run(['--data', 'here']).dataDirectory).toBe('/work/here')
    expect(run(['--data', '/there'])).toMatchObject({ dataDirectory: '/there', dataGiven: true })
  })
})

describe('the address', () => {
  test.each(['localhost', '::1', '127.0.0.1', '127.9.9.9'])('%s warns of nothing', (host) => {
    expect(isLoopback(host)).toBe(true)
    expect(run(['--host', host]).warnings).toEqual([])
  })

  test.each(['0.0.0.0', '::', '192.168.1.4', '127.0.0.1.example.com', 'laptop'])(
    '%s is said loudly',
    (host) => {
      expect(run(['--host', host]).warnings).toEqual([expect.stringMatching(/^WARNING: --host/)])
    },
  )

  test('takes brackets off an IPv6 address', () => {
    expect(run(['--host', '[::1]']).host).toBe('::1')
  })
})

describe('a bad command line', () => {
  test.each([
    [['--port', '65536'], '--port must be a number from 0 to 65535'],
    [['--port', '80.5'], '--port must be a number from 0 to 65535'],
    [['--port=-1'], '--port must be a number from 0 to 65535'],
    [['--port'], '--port needs a value'],
    [['--redis', '--web'], '--redis needs a value'],
    [['--web', '--desktop'], '--web and --desktop exclude each other'],
    [['--web=yes'], '--web takes no value'],
    [['--nope'], 'Unknown flag --nope; see --help'],
    [['-x'], 'Unknown flag -x; see --help'],
    [['stray'], 'Argument 1 is not a flag; see --help'],
    [
      ['--kind', 'prod', '--redis', 'redis://h'],
      '--kind must be development, staging or production',
    ],
    [['--host', 'a b'], '--host must be a host name or an IP address, without a port'],
    [['--host', 'localhost:80'], '--host must be a host name or an IP address, without a port'],
    [['--read-only'], '--read-only describes a Redis, so it needs --redis URL'],
    [['--prefix', 'x'], '--prefix describes a Redis, so it needs --redis URL'],
    [['--redis', 'http://h'], '--redis must start with redis:// or rediss:// (TLS)'],
    [['--redis', 'redis://h/zero'], '--redis must end with a database number, as in /0'],
    [['--redis', 'redis://h/65536'], '--redis must end with a database number, as in /0'],
    [['--redis', 'h:6379'], '--redis must start with redis:// or rediss:// (TLS)'],
    [
      ['--redis', 'localhost'],
      '--redis is not a URL of the form redis://user:password@host:6379/0',
    ],
    [
      ['--redis', 'redis:///0'],
      '--redis names no host; its form is redis://user:password@host:6379/0',
    ],
    [
      ['--redis', 'redis://u:p#w@h'],
      '--redis may not hold ? or #; write special characters of a password as %3F, %23, %40',
    ],
    [
      ['--redis', 'redis://u:p%@h'],
      '--redis has a % in user or password that is not an escape; write it as %25',
    ],
  ])('%j is refused with one line', (argv, message) => {
    expect(problem(argv)).toBe(message)
  })

  test('names the variable where the URL came from', () => {
    expect(problem([], { VIGIE_REDIS: 'http://h' })).toMatch(/^VIGIE_REDIS must start with/)
  })

  test('refuses a short access token', () => {
    expect(problem([], { VIGIE_TOKEN: 'short' })).toMatch(/^VIGIE_TOKEN must have 16 to 256/)
    expect(run([], { VIGIE_TOKEN: 'a-good-long-token' }).token).toBe('a-good-long-token')
  })
})

describe('help and version', () => {
  test('are answered whatever else is wrong with the values', () => {
    expect(parseOptions(['--port', 'x', '--help'], {}, linux)).toMatchObject({ kind: 'help' })
    expect(parseOptions(['-v'], {}, linux)).toEqual({ kind: 'version', text: version })
  })

  test('help names every flag', () => {
    const help = parseOptions(['--help'], {}, linux)
    const flags = 'redis name kind prefix read-only data web desktop port host no-open'.split(' ')
    for (const flag of flags)
      expect(help).toHaveProperty('text', expect.stringContaining(`--${flag}`))
  })
})

describe('whatever is given', () => {
  const flags =
    '--redis --name --kind --prefix --read-only --data --port --host --web --desktop --no-open --redis= --port= --x -- -'

  test('it never throws, and a problem is one line', () => {
    const argument = fc.oneof(
      fc.constantFrom(...flags.split(' ')),
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
    )
    const text = fc.string()
    const env = fc.record({ VIGIE_REDIS: text, VIGIE_TOKEN: text, VIGIE_DEMO: text })
    fc.assert(
      fc.property(fc.array(argument), env, (argv, env) => lines(said(argv, env)) <= 1),
      { numRuns: 1000 },
    )
    expect(lines(said(['--nope'], {}))).toBe(1)
  })

  test('no problem repeats a password, however it was mistyped', () => {
    const secret = fc
      .string({ minLength: 8, maxLength: 20 })
      .map((text) => `S3cret${text}`)
      .filter((text) => text.trim() === text)
    const attempt = secret.chain((word) => fc.tuple(fc.constant(word), mistyped(word)))
    fc.assert(
      fc.property(attempt, ([word, argv]) => !said(argv, {}).includes(word)),
      { numRuns: 1000 },
    )
    expect(said(['--redis', 'http://user:S3cret@host'], {})).toMatch(/^--redis must start/)
  })
})

const lines = (text: string): number => (text === '' ? 0 : text.split('\n').length)

/** The problem, or nothing. */
function said(argv: string[], env: Record<string, string>): string {
  const parsed = parseOptions(argv, env, linux)
  return parsed.kind === 'problem' ? parsed.problem : ''
}

const mistyped = (word: string) =>
  fc.constantFrom<string[][]>(
    ['--redis', `http://user:${word}@host`],
    ['--redis', `redis://user:${word}@host:99999`],
    ['--redis', `redis://user:${word}@host/zero`],
    ['--redis', `redis://user:${word}@`],
    [`redis://user:${word}@host`],
    [`--redis://user:${word}@host`],
    [`--redis-url=redis://user:${word}@host`],
    ['--redis', 'redis://user:first', `${word}@host`],
    ['--password', word],
    ['--port', word],
    ['--kind', word],
    ['--host', `${word}@host`],
    ['--prefix', word],
    [`--web=${word}`],
    [`--${word}`],
    [`-${word}`],
  )
