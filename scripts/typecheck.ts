/** Type-checks every room with its own tsconfig, so that a room sees only the globals it may use. */
import { spawnSync } from 'node:child_process'

const projects = [
  '.',
  'src/shared',
  'src/main/core',
  'src/main',
  'src/preload',
  'src/renderer',
  'scripts',
  'demo',
  'e2e',
  'test-support',
]

const failed = projects.filter((project) => {
  const { status } = spawnSync('tsc', ['--project', project], { stdio: 'inherit' })
  return status !== 0
})

if (failed.length > 0) {
  console.error(`Type errors in: ${failed.join(', ')}`)
  process.exit(1)
}
