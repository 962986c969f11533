/** The web entry: the same console for a browser, without Electron. */
import { join } from 'node:path'
import { nodeProblem } from './node-version.ts'

const problem = nodeProblem()
if (problem === null) {
  // Only now: some of what it is made of cannot even be loaded where it cannot run.
  const { serveConsole } = await import('./serve-console.ts')
  await serveConsole(join(import.meta.dirname, '..'))
} else {
  console.error(`vigie: ${problem}`)
  process.exitCode = 2
}
