import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPauseMixed, retryTarget, scriptMajorOf, type ScriptMajor } from './script-major.ts'

test.each([
  ['bullmq:5.81.5', 5],
  ['bullmq:6.7.0', 6],
  ['bullmq:6.0.0-beta.1', 6],
  ['bullmq:4.18.3', null],
  ['bullmq:3.0.0', null],
  ['bullmq:7.0.0', null],
  ['bullmq:16.0.0', null],
  ['bullmq:60.1.0', null],
  ['bullmq-pro:6.0.0', null],
  ['bullmq', null],
  ['6.7.0', null],
  ['', null],
  [null, null],
])('the version %j is changed with the scripts of %j', (version, major) => {
  expect(scriptMajorOf({ version })).toBe(major)
})

test('only BullMQ 6 gives a retried job its priority back', () => {
  expect(retryTarget(6, 3)).toBe('prioritized')
  expect(retryTarget(6, 0)).toBe('waiting')
  expect(retryTarget(5, 3)).toBe('waiting')
})

/** The lists of a queue, and what each major does with them (RENAME overwrites its target). */
interface Lists {
  paused: boolean
  wait: number[]
  list: number[]
}
const pause = {
  5: ({ wait, list }: Lists): Lists => ({
    paused: true,
    wait: [],
    list: wait.length > 0 ? wait : list,
  }),
  6: (lists: Lists): Lists => ({ ...lists, paused: true }),
}
const resume = {
  5: ({ wait, list }: Lists): Lists => ({
    paused: false,
    wait: list.length > 0 ? list : wait,
    list: [],
  }),
  6: ({ wait, list }: Lists): Lists => ({ paused: false, wait: [...wait, ...list], list: [] }),
}
const add = {
  5: (lists: Lists, job: number): Lists =>
    lists.paused
      ? { ...lists, list: [...lists.list, job] }
      : { ...lists, wait: [...lists.wait, job] },
  6: (lists: Lists, job: number): Lists => ({ ...lists, wait: [...lists.wait, job] }),
}
const majors = fc.constantFrom<ScriptMajor>(5, 6)
const anyStep = fc.record({ major: majors, what: fc.constantFrom('pause', 'resume', 'add') })

test('after whatever both majors did, a job retried where it is allowed is not lost, and loses none', () => {
  let allowed = 0
  let refused = 0
  fc.assert(
    fc.property(
      fc.array(anyStep, { maxLength: 8 }),
      majors,
      fc.array(fc.constantFrom('pause', 'resume'), { maxLength: 4 }),
      (history, major, future) => {
        let lists: Lists = { paused: false, wait: [], list: [] }
        for (const [job, step] of history.entries()) {
          if (step.what === 'pause') lists = pause[step.major](lists)
          else if (step.what === 'resume') lists = resume[step.major](lists)
          else lists = add[step.major](lists, job)
        }
        const queue = {
          exists: true,
          version: `bullmq:${major}.0.0`,
          paused: lists.paused,
          waiting: lists.wait.length,
          pausedList: lists.list.length,
          acrossSlots: false,
        }
        if (isPauseMixed(major, queue)) {
          refused += 1
          return
        }
        allowed += 1
        const present = [...lists.wait, ...lists.list, 1000]
        lists = add[major](lists, 1000)
        for (const step of future) {
          lists = step === 'pause' ? pause[major](lists) : resume[major](lists)
        }
        expect(new Set([...lists.wait, ...lists.list])).toEqual(new Set(present))
      },
    ),
    { numRuns: 2000 },
  )
  expect(allowed).toBeGreaterThan(100)
  expect(refused).toBeGreaterThan(100)
})

test('a refused v5 queue is one whose own next step would lose jobs', () => {
  const one = fc.boolean()
  fc.assert(
    fc.property(one, one, one, (paused, waits, listed) => {
      const lists = { paused, wait: waits ? [1] : [], list: listed ? [2] : [] }
      const queue = {
        exists: true,
        version: 'bullmq:5.0.0',
        paused,
        waiting: lists.wait.length,
        pausedList: lists.list.length,
        acrossSlots: false,
      }
      const retried = add[5](lists, 1000)
      const next = paused ? resume[5](retried) : resume[5](pause[5](retried))
      const loses = next.wait.length < retried.wait.length + retried.list.length
      expect(isPauseMixed(5, queue)).toBe(loses)
    }),
  )
})
