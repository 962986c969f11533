/**
 * `npm run test:desktop`: the end-to-end tests in Electron; ends with one line that counts them. Installs
 * nothing, since it must also run without a network.
 */
import { ensureBuilt } from './lib/build.ts'
import { displayProblem, findElectron } from './lib/electron.ts'
import { onPath } from './lib/programs.ts'
import { playwright } from './lib/step.ts'
import { lineOf, nothing } from './lib/tally.ts'

const electron = findElectron()
const needs = [
  ...(electron === null
    ? ['Electron: run `npx install-electron`, or name one in ELECTRON_EXECUTABLE']
    : []),
  ...(displayProblem() === null ? [] : ['a display: run this in `xvfb-run -a`']),
  ...(onPath('redis-server') === null ? ['redis-server on PATH'] : []),
]
for (const need of needs) console.error(`The desktop tests need ${need}`)

const ready = needs.length === 0 && (await ensureBuilt())
const tally =
  ready && electron !== null
    ? await playwright('desktop', { ELECTRON_EXECUTABLE: electron })
    : { ...nothing, failed: 1 }
console.log(`\n${lineOf(tally)}`)
process.exit(tally.failed === 0 ? 0 : 1)
