import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'

interface Left {
  child: ChildProcess
  /** A folder to remove after it. */
  directory: string
}

const left = new Set<Left>()

process.on('exit', () => {
  for (const { child, directory } of left) {
    child.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true })
  }
})

/**
 * Ends a child with this process, should a test fail to stop it: a worker that is given up after a
 * failure runs no hooks. Call the answer once the child has ended.
 */
export function endWithThisProcess(child: ChildProcess, directory: string): () => void {
  const entry = { child, directory }
  left.add(entry)
  return () => void left.delete(entry)
}
