import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { openLog } from './log.ts'

const file = (directory: string) => join(directory, 'logs', 'vigie.log')
const parse = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
const linesOf = (directory: string) => parse(readFileSync(file(directory), 'utf8'))

test('lines go to a file only the owner can read, warnings to standard error as well', async () => {
  const directory = join(temporaryFolder(), 'new')
  const printed: string[] = []
  const log = openLog({ directory, stderr: { write: (line) => printed.push(line) } })
  log.debug({}, 'too fine')
  log.info({ queue: 'mail' }, 'started')
  log.warn({ err: new Error('at redis://u:hunter2@host') }, 'lost redis://u:hunter2@host')
  await log.close()
  expect(linesOf(directory).map(({ msg }) => msg)).toEqual([
    'started',
    'lost redis://[redacted]@host',
  ])
  expect(printed).toHaveLength(1)
  expect(readFileSync(file(directory), 'utf8') + printed.join('')).not.toContain('hunter2')
  expect(statSync(file(directory)).mode & 0o777).toBe(0o600)
  expect(statSync(join(directory, 'logs')).mode & 0o777).toBe(0o700)
})

test('a folder that was there keeps its rights', async () => {
  const directory = temporaryFolder()
  const logs = join(directory, 'logs')
  mkdirSync(logs)
  for (const folder of [directory, logs]) chmodSync(folder, 0o1777)
  const log = openLog({ directory })
  log.info({}, 'started')
  await log.close()
  const rights = [directory, logs].map((folder) => statSync(folder).mode & 0o7777)
  expect(rights).toEqual([0o1777, 0o1777])
  expect(statSync(file(directory)).mode & 0o777).toBe(0o600)
})

test('a second start goes on in the same file', async () => {
  const directory = temporaryFolder()
  for (const message of ['first', 'second']) {
    const log = openLog({ directory })
    log.info({}, message)
    await log.close()
  }
  expect(linesOf(directory).map(({ msg }) => msg)).toEqual(['first', 'second'])
})

test('the files stay bounded in size and number, and readable by the owner only', async () => {
  const directory = temporaryFolder()
  for (let run = 0; run < 8; run += 1) {
    const log = openLog({ directory, size: 2000 })
    for (let line = 0; line < 30; line += 1) log.info({ run, line }, 'x'.repeat(60))
    await log.close()
  }
  const names = readdirSync(join(directory, 'logs'))
  const sizes = names.map((name) => statSync(join(directory, 'logs', name)))
  expect(names.length).toBeGreaterThan(1)
  expect(names.length).toBeLessThanOrEqual(5)
  expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(5 * 10_000)
  expect(sizes.every(({ mode }) => (mode & 0o777) === 0o600)).toBe(true)
  const kept = names.flatMap((name) => parse(readFileSync(join(directory, 'logs', name), 'utf8')))
  expect(kept).toContainEqual(expect.objectContaining({ run: 7, line: 29 }))
  expect(kept).not.toContainEqual(expect.objectContaining({ run: 0 }))
})

test('an error keeps its name, message, code and causes in the file', async () => {
  const directory = temporaryFolder()
  const log = openLog({ directory, stderr: { write() {} } })
  const cause = Object.assign(new RangeError('too far'), { code: 'EFAR' })
  log.error({ err: new TypeError('not that', { cause }) }, 'failed')
  await log.close()
  const [line] = linesOf(directory)
  expect(line?.['err']).toEqual({
    name: 'TypeError',
    message: 'not that',
    stack: expect.stringContaining('log.test.ts'),
    cause: expect.objectContaining({ name: 'RangeError', message: 'too far', code: 'EFAR' }),
  })
})

test('a terminal gets sentences, with what is needed to find the line in the file', async () => {
  const printed: string[] = []
  const log = openLog({
    directory: temporaryFolder(),
    stderr: { write: (line) => printed.push(line) },
  })
  log.warn({}, 'the store is full')
  log.error({ err: new Error('first\nsecond'), report: 'ab-12', tries: 3 }, 'unexpected error')
  await log.close()
  expect(printed).toEqual([
    'vigie: the store is full\n',
    'vigie: unexpected error: first (report ab-12, tries 3)\n',
  ])
})

test('a console whose log cannot be written says so in a sentence and goes on', async () => {
  const occupied = join(temporaryFolder(), 'a-file')
  writeFileSync(occupied, '')
  const printed: string[] = []
  const log = openLog({ directory: occupied, stderr: { write: (line) => printed.push(line) } })
  log.error({}, 'told all the same')
  await log.close()
  expect(printed).toEqual([
    `vigie: the log in ${join(occupied, 'logs')} cannot be written: a file is in the place of a folder\n`,
    'vigie: told all the same\n',
  ])
})
