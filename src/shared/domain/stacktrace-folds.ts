import type { StackFrame, StackLine } from './stacktrace.ts'

/** Neighbouring frames that a reader rarely needs, behind one line that says what they are. */
export interface Fold {
  type: 'fold'
  frames: StackFrame[]
  /** Names of the packages in order of appearance; `node` for Node and V8. */
  packages: string[]
}

/**
 * Puts runs of library and runtime frames behind folds, so that the application's frames stand out.
 * A stack without any application frame is given unfolded: then there is nothing better to show.
 */
export function foldLines(lines: readonly StackLine[]): (StackLine | Fold)[] {
  if (!lines.some((line) => line.type === 'frame' && line.kind === 'application')) {
    return [...lines]
  }
  const result: (StackLine | Fold)[] = []
  for (const line of lines) {
    const last = result.at(-1)
    if (line.type !== 'frame' || line.kind === 'application') {
      result.push(line)
    } else if (last?.type === 'fold') {
      last.frames.push(line)
      addPackage(last.packages, line)
    } else {
      const fold: Fold = { type: 'fold', frames: [line], packages: [] }
      addPackage(fold.packages, line)
      result.push(fold)
    }
  }
  return result
}

function addPackage(packages: string[], frame: StackFrame): void {
  const name = frame.package ?? (frame.kind === 'runtime' ? 'node' : null)
  if (name !== null && !packages.includes(name)) {
    packages.push(name)
  }
}
