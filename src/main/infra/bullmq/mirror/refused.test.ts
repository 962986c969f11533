import { describe, expect, test } from 'vitest'
import { indexFields } from '#core/mirror/ports.ts'
import type { RedisLink } from '../../redis/link.ts'
import type { PipelineCommand } from '../../redis/send-commands.ts'
import { RedisMirrorSource } from './mirror-source.ts'

type Answering = (command: PipelineCommand) => unknown

/** A source on a link that answers each command as told. */
function sourceOn(answer: Answering): RedisMirrorSource {
  const answered = async (commands: readonly PipelineCommand[]) => commands.map(answer)
  const link: Partial<RedisLink> = {
    environment: 'staging',
    clustered: false,
    pipeline: answered,
    bulk: answered,
    packed: async () => null,
    consoleError: (error) => error,
  }
  return new RedisMirrorSource(link as RedisLink, ['bull'])
}

const failing = new Error('ERR upstream failure')
const wrongType = new Error('WRONGTYPE Operation against a key holding the wrong kind of value')
const noKey = new Error('ERR no such key')
const empty: Answering = ([name]) =>
  name === 'xinfo' ? noKey : name === 'hmget' ? [null, null] : name === 'lindex' ? null : 0
const bullmq: Answering = (command) =>
  command[0] === 'hmget' ? ['bullmq:6', null] : empty(command)

const told = (stream: unknown) =>
  sourceOn((command) => (command[0] === 'xinfo' ? stream : bullmq(command))).census(['orders'])

describe('an answer that was refused', () => {
  test('never makes a queue look as if it were gone', async () => {
    await expect(sourceOn(() => failing).census(['orders'])).rejects.toBe(failing)
    const some = sourceOn((command) =>
      String(command[1]).startsWith('bull:orders') ? failing : bullmq(command),
    )
    expect((await some.census(['orders', 'mails'])).map(({ queue }) => queue)).toEqual(['mails'])
    const unknown = sourceOn((command) => (command[0] === 'exists' ? failing : empty(command)))
    expect(await unknown.census(['orders'])).toMatchObject([{ exists: true }])
    expect(await sourceOn(empty).census(['orders'])).toMatchObject([{ exists: false }])
  })

  test('never makes a job look as if it were gone', async () => {
    const source = sourceOn(() => failing)
    await expect(source.fields('orders', ['1'])).rejects.toBe(failing)
    await expect(source.places('orders', ['1'])).rejects.toBe(failing)
    await expect(source.buckets('orders', 'failed', [0])).rejects.toBe(failing)
    expect(await sourceOn(() => indexFields.map(() => null)).fields('orders', ['1'])).toEqual([
      null,
    ])
    expect(await sourceOn(() => wrongType).fields('orders', ['1'])).toEqual([null])
  })

  test('of a stream means that it cannot be followed', async () => {
    expect(await told(wrongType)).toMatchObject([{ library: 'bullmq', stream: null }])
    expect(await told(new Error('ERR unknown command `XINFO`'))).toMatchObject([{ stream: null }])
    expect(await told(noKey)).toMatchObject([{ stream: { length: 0 } }])
  })
})
