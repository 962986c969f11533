import { expect, test } from 'vitest'
import { limitOf } from './limits.ts'
import { parseServerInfo } from './server-info.ts'

const info = (lines: Record<string, string | number>) =>
  parseServerInfo(
    Object.entries(lines)
      .map(([name, value]) => `${name}:${value}\r\n`)
      .join(''),
  )
const fine = { busy: false, slow: false }
const full = { used_memory: 95, maxmemory: 100 }
const replica = { role: 'slave', master_link_status: 'up' }

test('INFO may leave out what it likes', () => {
  expect(
    parseServerInfo('# Server\r\nredis_version:7.0.15\r\n# Replication\r\nrole:slave\r\n'),
  ).toMatchObject({ version: '7.0.15', role: 'replica', masterLink: null, maxMemory: null })
  expect(parseServerInfo('')).toMatchObject({ version: null, role: null, usedMemory: null })
})

test('a server that is well, and one that does not tell, has no limit', () => {
  expect(limitOf(info({ role: 'master', used_memory: 90, maxmemory: 100 }), fine)).toBeNull()
  // Without `maxmemory` it is never full.
  expect(limitOf(info({ role: 'master', used_memory: 1e12, maxmemory: 0 }), fine)).toBeNull()
  expect(limitOf(null, fine)).toBeNull()
})

test('of several limits the gravest is told', () => {
  const alone = { ...full, ...replica, master_link_status: 'down' }
  expect(limitOf(info(alone), { busy: true, slow: true })).toBe('busy')
  expect(limitOf(info(alone), { busy: false, slow: true })).toBe('replication')
  expect(limitOf(info({ ...full, ...replica }), { busy: false, slow: true })).toBe('memory')
  expect(limitOf(info(replica), { busy: false, slow: true })).toBe('replica')
  expect(limitOf(info({ role: 'master' }), { busy: false, slow: true })).toBe('latency')
  expect(limitOf(null, { busy: true, slow: false })).toBe('busy')
})
