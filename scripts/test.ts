/** `npm test`: every check and test but the desktop's; ends with one line that counts them. */
import { build } from './lib/build.ts'
import { prepareMachine } from './lib/machine.ts'
import { check, playwright, vitest } from './lib/step.ts'
import { add, lineOf, nothing, tallyOfCheck, type Tally } from './lib/tally.ts'

const missing = prepareMachine()
if (missing.length > 0) {
  console.error('The tests need what this machine lacks and this script may not install:')
  for (const line of missing) console.error(`  ${line}`)
  finish({ ...nothing, failed: 1 })
}

const steps: readonly (() => Promise<Tally>)[] = [
  async () => check('formatting', ['oxfmt', '--check']),
  async () => check('lint', ['oxlint', '--type-aware', '--deny-warnings']),
  async () => check('types', ['node', 'scripts/typecheck.ts']),
  async () => check('unused code', ['knip']),
  async () => vitest('unit'),
  async () => vitest('integration'),
  async () => tallyOfCheck((await build()) ? 0 : 1),
  async () => playwright('web'),
]

let total = nothing
for (const step of steps) total = add(total, await step())
finish(total)

function finish(tally: Tally): never {
  console.log(`\n${lineOf(tally)}`)
  process.exit(tally.failed === 0 ? 0 : 1)
}
