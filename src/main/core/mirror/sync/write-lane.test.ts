import { expect, test } from 'vitest'
import { WriteLane } from './write-lane.ts'

/** Writes that end when they are told to. */
function writes() {
  const begun: { end: () => void; fail: (error: unknown) => void }[] = []
  const write = () =>
    new Promise<void>((resolve, reject) => {
      begun.push({ end: resolve, fail: reject })
    })
  return { begun, write }
}

test('writes begin in order, and no more than two are under way', async () => {
  const lane = new WriteLane()
  const { begun, write } = writes()
  await lane.add(write)
  await lane.add(write)
  const third = lane.add(write)
  expect(begun).toHaveLength(2)
  begun[0]?.end()
  await third
  expect(begun).toHaveLength(3)
  begun[1]?.end()
  begun[2]?.end()
  await lane.flush()
})

test('a write that failed ends the lane with its reason', async () => {
  const lane = new WriteLane()
  const { begun, write } = writes()
  await lane.add(write)
  begun[0]?.fail(new Error('no space left'))
  await expect(lane.flush()).rejects.toThrow('no space left')
  await expect(lane.add(write)).rejects.toThrow('no space left')
  await lane.settled()
  expect(begun).toHaveLength(1)
})

test('a mark is written after all before it, and does not hold up what comes after', async () => {
  const lane = new WriteLane()
  const { begun, write } = writes()
  await lane.add(write)
  let marked = 0
  await lane.mark(async () => (marked += 1))
  expect(marked).toBe(0)
  begun[0]?.end()
  await lane.add(write)
  begun[1]?.end()
  await lane.flush()
  expect(marked).toBe(1)
})

test('a mark is not written when a write before it failed', async () => {
  const lane = new WriteLane()
  const { begun, write } = writes()
  await lane.add(write)
  let marked = 0
  await lane.mark(async () => (marked += 1))
  begun[0]?.fail(new Error('no space left'))
  await expect(lane.flush()).rejects.toThrow('no space left')
  expect(marked).toBe(0)
})
