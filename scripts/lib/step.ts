import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { delimiter } from 'node:path'
import { performance } from 'node:perf_hooks'
import { inProject } from './project.ts'
import {
  readPlaywright,
  readVitest,
  secondTries,
  tallyOfCheck,
  tallyOfReport,
  type Tally,
} from './tally.ts'

/** The project's own programs, and with them its own Node, come first. */
const searchPath = [inProject('node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter)
const playwrightReport = inProject('artifacts/e2e-report.json')

/** Runs a program of node_modules/.bin in the project and shows its output; resolves to its exit code. */
async function run(
  title: string,
  [program, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const began = performance.now()
  console.log(`\n▸ ${title}`)
  const child = spawn(program, args, {
    cwd: inProject(),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: searchPath, ...environment },
    shell: process.platform === 'win32',
  })
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.once('exit', (exitCode) => resolve(exitCode ?? 1))
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)`)
  return code
}

export async function check(
  title: string,
  command: readonly [string, ...string[]],
): Promise<Tally> {
  return tallyOfCheck(await run(title, command))
}

/** Runs one of vitest.config.ts's projects. */
export async function vitest(project: 'unit' | 'integration'): Promise<Tally> {
  const report = inProject('artifacts', `${project}-report.json`)
  rmSync(report, { force: true })
  const code = await run(`${project} tests`, [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  return tallyOfReport(report, readVitest, code)
}

/** Runs one of playwright.config.ts's projects. */
export async function playwright(
  project: 'web' | 'desktop',
  environment: Readonly<Record<string, string>> = {},
): Promise<Tally> {
  rmSync(playwrightReport, { force: true })
  const code = await run(
    `end-to-end tests, ${project}`,
    ['playwright', 'test', '--project', project],
    environment,
  )
  if (existsSync(playwrightReport)) {
    for (const test of secondTries(JSON.parse(readFileSync(playwrightReport, 'utf8')))) {
      console.log(`⚠ passed only on a second try, which is a defect to mend: ${test}`)
    }
  }
  return tallyOfReport(playwrightReport, readPlaywright, code)
}
