import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A file to which tests of faults append what they have seen, a line of JSON each. */
    faultsSeen: string
  }
}

/** One row of the table; times in milliseconds. */
export interface FaultSeen {
  /** Where the row stands. */
  order: number
  fault: string
  /** States and reasons, in the order they were seen. */
  seen: readonly string[]
  /** From the fault until its state was seen; null where it stood from the start. */
  seenAfter: number | null
  /** From the end of the fault until the environment was ready again; null where it does not end. */
  backAfter: number | null
  /** Actions asked for, until after the recovery; null where there were none. */
  actions: { done: number; refused: number; unknown: number } | null
}

/** Puts a row into the table of this run. */
export function recordFault(file: string, row: FaultSeen): void {
  appendFileSync(file, `${JSON.stringify(row)}\n`)
}

/** Called by vitest around all integration tests: writes the table to `artifacts/faults.md` and prints it. */
export function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-test-faults-'))
  const file = join(folder, 'seen.jsonl')
  writeFileSync(file, '')
  project.provide('faultsSeen', file)
  return () => {
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as FaultSeen)
    rmSync(folder, { recursive: true, force: true })
    if (rows.length === 0) return
    const table = tableOf(rows)
    const artifacts = join(import.meta.dirname, '../../artifacts')
    mkdirSync(artifacts, { recursive: true })
    writeFileSync(join(artifacts, 'faults.md'), table)
    console.log(`\n${table}`)
  }
}

function tableOf(rows: readonly FaultSeen[]): string {
  const head = ['fault', 'seen', 'seen after', 'back after', 'actions: done, refused, unknown']
  const lines = rows
    .toSorted((one, other) => one.order - other.order)
    .map(({ fault, seen, seenAfter, backAfter, actions }) => [
      fault,
      seen.join(', '),
      seconds(seenAfter),
      seconds(backAfter),
      actions === null ? '' : `${actions.done}, ${actions.refused}, ${actions.unknown}`,
    ])
  return [head, head.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

const seconds = (time: number | null) => (time === null ? '' : `${(time / 1000).toFixed(1)} s`)
