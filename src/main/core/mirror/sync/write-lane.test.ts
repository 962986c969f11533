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
