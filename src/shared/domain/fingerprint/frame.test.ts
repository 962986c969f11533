import { describe, expect, it } from 'vitest'
import { applicationFrame } from './frame.ts'

function frameOf(...frames: string[]): string | null {
  return applicationFrame(['Error: x', ...frames.map((frame) => `    at ${frame}`)].join('\n'))
}

describe('applicationFrame', () => {
  it('is the first that is neither of a library nor of the runtime', () => {
    expect(
      frameOf(
        'parseError (/app/node_modules/redis-parser/lib/parser.js:179:12)',
        'Array.map (<anonymous>)',
        'async Mailer.send (/app/src/mail/mailer.ts:10:5)',
        'async run (/app/src/run.ts:3:1)',
      ),
    ).toBe('Mailer.send (src/mail/mailer.ts)')
    expect(frameOf('read (node:fs:1:2)', 'f (/app/node_modules/x/i.js:1:2)')).toBeNull()
  })

  it.each([
    '/app/src/mailer.ts:10:5',
    '/srv/shop/src/mailer.ts:99:1',
    '/home/alice/projects/shop/src/mailer.ts:1:1',
    'file:///opt/worker/src/mailer.ts:7:7',
    'C:\\Users\\lea\\shop\\src\\mailer.ts:3:4',
    'webpack://shop/./src/mailer.ts:8:1',
  ])('does not depend on where the application lives: %s', (place) => {
    expect(frameOf(`Mailer.send (${place})`)).toBe('Mailer.send (src/mailer.ts)')
  })

  it.each([
    ['/app/worker.js:1:1', 'run (worker.js)'],
    ['/srv/shop/worker.js:1:1', 'run (worker.js)'],
    ['/app/jobs/mail.js:1:1', 'run (jobs/mail.js)'],
    ['/srv/shop/packages/mail/src/a.ts:1:1', 'run (packages/mail/src/a.ts)'],
    ['/app/dist/chunk-A1B2C3D4.js:1:1', 'run (dist/chunk-<hash>.js)'],
    ['/app/dist/main.8f3a2b1c.js:1:1', 'run (dist/main.<hash>.js)'],
    ['/app/dist/index-DkXsQaBz.js:1:1', 'run (dist/index-<hash>.js)'],
    ['/app/dist/847.js:1:1', 'run (dist/<hash>.js)'],
    ['/app/dist/send-mail.js?v=3:1:1', 'run (dist/send-mail.js)'],
  ])('names the file of %s', (place, name) => {
    expect(frameOf(`run (${place})`)).toBe(name)
  })

  it('names functions without what differs between builds and versions of Node', () => {
    expect(frameOf('Object.run [as process] (/app/src/a.ts:1:1)')).toBe('run (src/a.ts)')
    expect(frameOf('run$1 (/app/src/a.ts:1:1)')).toBe('run (src/a.ts)')
    expect(frameOf('t (/app/dist/chunk-A1B2C3D4.js:1:1)')).toBe('dist/chunk-<hash>.js')
    expect(frameOf('/app/src/a.ts:1:1')).toBe('src/a.ts')
  })
})
