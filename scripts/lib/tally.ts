import { existsSync, readFileSync } from 'node:fs'

/** What came of tests or checks. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 }
const oneFailed: Tally = { ...nothing, failed: 1 }

export function add(left: Tally, right: Tally): Tally {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  }
}

/** The closing line, which `.ci/run` reads. */
export function lineOf({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** A check that only passes or fails: one. */
export function tallyOfCheck(exitCode: number): Tally {
  return exitCode === 0 ? { ...nothing, passed: 1 } : oneFailed
}

/**
 * Counts a runner's JSON report. No report, an unreadable one, or a runner that failed without a failed
 * test to show for it (such as a file that does not load) counts as one failed.
 */
export function tallyOfReport(
  file: string,
  read: (report: unknown) => Tally,
  exitCode: number,
): Tally {
  if (!existsSync(file)) return oneFailed
  try {
    const tally = read(JSON.parse(readFileSync(file, 'utf8')))
    return exitCode !== 0 && tally.failed === 0 ? add(tally, oneFailed) : tally
  } catch {
    return oneFailed
  }
}

/** Counts the report of Vitest's `json` reporter. */
export function readVitest(report: unknown): Tally {
  const { testResults } = report as {
    testResults: { status: string; assertionResults: { status: string }[] }[]
  }
  return testResults
    .map(({ status, assertionResults }) => {
      const count = (wanted: readonly string[]) =>
        assertionResults.filter((result) => wanted.includes(result.status)).length
      const failed = count(['failed'])
      return {
        passed: count(['passed']),
        // A file that fails without a failed test failed outside of its tests.
        failed: status === 'failed' && failed === 0 ? 1 : failed,
        skipped: count(['skipped', 'pending', 'todo', 'disabled']),
      }
    })
    .reduce(add, nothing)
}

/** Counts the report of Playwright's `json` reporter; what `secondTries` names has passed in the end. */
export function readPlaywright(report: unknown): Tally {
  const { stats, errors } = report as {
    stats: { expected: number; skipped: number; unexpected: number; flaky: number }
    errors: unknown[]
  }
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  }
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs?: { title: string; file: string; line: number; tests: { status: string }[] }[]
}

/** The tests of a Playwright report that failed first and passed then, as `file:line title`. */
export function secondTries(report: unknown): string[] {
  const { suites = [], specs = [] } = report as PlaywrightSuite
  return [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ file, line, title }) => `${file}:${line} ${title}`),
    ...suites.flatMap(secondTries),
  ]
}
