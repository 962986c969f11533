import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { errorOf, type Failure } from './failure.ts'

const cause: Failure = {
  name: 'Error',
  message: 'connect ETIMEDOUT 10.0.4.17:9000',
  frames: ['TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)'],
  details: { errno: -110, code: 'ETIMEDOUT' },
}
const failure: Failure = {
  name: 'StorageError',
  message: 'could not store it',
  frames: ['ObjectStore.put (/srv/app/src/storage/object-store.ts:74:11)'],
  cause,
}

test('a cause is written as Node’s inspector writes it', () => {
  class StorageError extends Error {}
  const real = new StorageError('could not store it', {
    cause: Object.assign(new Error(cause.message), cause.details),
  })
  real.stack = `StorageError: could not store it\n    at ${failure.frames[0] ?? ''}`
  const realCause = real.cause as Error
  realCause.stack = `Error: ${cause.message}\n    at ${cause.frames[0] ?? ''}`
  expect(errorOf(failure).stack).toBe(inspect(real))
})

test('a cause can be written as logging helpers do', () => {
  expect(errorOf({ ...failure, causeStyle: 'caused-by' }).stack?.split('\n')).toContain(
    'Caused by: Error: connect ETIMEDOUT 10.0.4.17:9000',
  )
})

test('the error bears the name that tells BullMQ to try no more', () => {
  expect(errorOf({ ...failure, name: 'UnrecoverableError' }).name).toBe('UnrecoverableError')
})
