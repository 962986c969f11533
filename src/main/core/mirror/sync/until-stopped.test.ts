import { expect, test, vi } from 'vitest'
import type { MirrorSource } from '../ports.ts'
import { untilStopped } from './until-stopped.ts'

const unreachable = { code: 'ENVIRONMENT_UNREACHABLE', data: { reason: 'disconnected' } }

function open(census: MirrorSource['census']) {
  const stop = new AbortController()
  const source = untilStopped({ census } as MirrorSource, stop.signal, 'staging')
  return { stop, source }
}

test('a reading that waits for a connection fails when it is stopped', async () => {
  const { stop, source } = open(() => new Promise(() => {}))
  const waiting = source.census(['mail'])
  stop.abort()
  await expect(waiting).rejects.toMatchObject(unreachable)
})

test('once stopped nothing is read', async () => {
  const census = vi.fn<MirrorSource['census']>()
  const { stop, source } = open(census)
  stop.abort()
  await expect(source.census(['mail'])).rejects.toMatchObject(unreachable)
  expect(census).not.toHaveBeenCalled()
})

test('until then it answers and fails as the source does', async () => {
  const census = vi
    .fn<MirrorSource['census']>()
    .mockResolvedValueOnce([])
    .mockRejectedValueOnce(new Error('no'))
  const { source } = open(census)
  expect(await source.census(['mail'])).toEqual([])
  await expect(source.census(['mail'])).rejects.toThrow('no')
  expect(census).toHaveBeenCalledWith(['mail'])
})
