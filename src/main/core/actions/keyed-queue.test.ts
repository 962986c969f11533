import { expect, test } from 'vitest'
import { KeyedQueue } from './keyed-queue.ts'

/** A task that tells when it starts and ends when told to. */
function taskOf(log: string[], name: string) {
  let finish: (() => void) | undefined
  const ended = new Promise<void>((resolve) => (finish = resolve))
  return {
    run: async () => {
      log.push(`${name} starts`)
      await ended
      log.push(`${name} ends`)
      return name
    },
    finish: () => finish?.(),
  }
}

test('tasks of one key take turns, those of another do not wait for them', async () => {
  const log: string[] = []
  const queue = new KeyedQueue()
  const [first, second, other] = [taskOf(log, 'first'), taskOf(log, 'second'), taskOf(log, 'other')]
  const results = Promise.all([
    queue.run('a', first.run),
    queue.run('a', second.run),
    queue.run('b', other.run),
  ])
  second.finish()
  other.finish()
  await new Promise(setImmediate)
  expect(log).toEqual(['first starts', 'other starts', 'other ends'])
  first.finish()
  expect(await results).toEqual(['first', 'second', 'other'])
  expect(log.slice(3)).toEqual(['first ends', 'second starts', 'second ends'])
})

test('a task that fails tells its own caller and holds up nobody', async () => {
  const queue = new KeyedQueue()
  const failing = queue.run('a', () => Promise.reject(new Error('no')))
  const next = queue.run('a', () => Promise.resolve('yes'))
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

test('it is idle only when everything has ended', async () => {
  const log: string[] = []
  const queue = new KeyedQueue()
  const task = taskOf(log, 'task')
  void queue.run('a', task.run)
  const idle = queue.idle().then(() => log.push('idle'))
  await new Promise(setImmediate)
  task.finish()
  await idle
  expect(log).toEqual(['task starts', 'task ends', 'idle'])
})
