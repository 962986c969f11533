import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProject } from './project.ts'
import {
  add,
  lineOf,
  nothing,
  readPlaywright,
  readVitest,
  tallyOfCheck,
  tallyOfReport,
} from './tally.ts'

/** Inside the project, so that what is written here finds the runners. */
let folder: string

beforeAll(async () => {
  await mkdir(inProject('artifacts'), { recursive: true })
  folder = await mkdtemp(inProject('artifacts', 'tally-'))
})

afterAll(async () => rm(folder, { recursive: true, force: true }))

const mixed = `
  test('one', () => expect(1).toBe(1))
  test('two', () => expect(1).toBe(2))
  test.skip('three', () => undefined)
  test('four', () => expect(4).toBe(4))
`

async function runVitest(name: string, files: Readonly<Record<string, string>>) {
  const root = join(folder, name)
  await mkdir(root)
  for (const [file, text] of Object.entries(files)) await writeFile(join(root, file), text)
  const report = join(root, 'report.json')
  await writeFile(join(root, 'vitest.config.mjs'), 'export default {}')
  const { status } = spawnSync(
    'vitest',
    ['run', '--root', root, '--globals', '--reporter=json', `--outputFile.json=${report}`],
    { env: { ...process.env, VITEST: undefined, NO_COLOR: '1' }, stdio: 'ignore' },
  )
  return { report, status: status ?? 1 }
}

test('Vitest’s own report is counted', async () => {
  const { report, status } = await runVitest('vitest-mixed', { 'mixed.test.js': mixed })
  expect(status).not.toBe(0)
  expect(tallyOfReport(report, readVitest, status)).toEqual({ passed: 2, failed: 1, skipped: 1 })
})

test('a test file that does not load counts as one failed', async () => {
  const { report, status } = await runVitest('vitest-broken', {
    'broken.test.js': `import './missing.js'`,
    'good.test.js': `test('good', () => expect(1).toBe(1))`,
  })
  expect(tallyOfReport(report, readVitest, status)).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

test('Playwright’s own report is counted', async () => {
  const root = join(folder, 'playwright')
  await mkdir(root)
  await writeFile(
    join(root, 'mixed.spec.js'),
    `import { expect, test } from '@playwright/test'\n${mixed}`,
  )
  const report = join(root, 'report.json')
  await writeFile(
    join(root, 'playwright.config.mjs'),
    `export default { testDir: '.', outputDir: 'results', reporter: [['json', { outputFile: ${JSON.stringify(report)} }]] }`,
  )
  const { status } = spawnSync('playwright', ['test', '--config', root], { stdio: 'ignore' })
  expect(tallyOfReport(report, readPlaywright, status ?? 1)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
  })
})

test('a missing or broken report, or a failure without a failed test, counts as one failed', async () => {
  const oneFailed = { passed: 0, failed: 1, skipped: 0 }
  expect(tallyOfReport(join(folder, 'none.json'), readVitest, 0)).toEqual(oneFailed)
  const broken = join(folder, 'broken.json')
  await writeFile(broken, '{"testResults":')
  expect(tallyOfReport(broken, readVitest, 0)).toEqual(oneFailed)
  const empty = join(folder, 'empty.json')
  await writeFile(empty, '{"testResults":[]}')
  expect(tallyOfReport(empty, readVitest, 1)).toEqual(oneFailed)
})

test('the closing line adds tests and checks', () => {
  const total = [tallyOfCheck(0), tallyOfCheck(2), { passed: 7, failed: 0, skipped: 3 }].reduce(
    add,
    nothing,
  )
  expect(lineOf(total)).toBe('8 passed, 1 failed, 3 skipped')
})
