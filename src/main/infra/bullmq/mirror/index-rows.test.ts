import { expect, test } from 'vitest'
import { indexFields } from '#core/mirror/ports.ts'
import { RepliesTooLarge } from '../../redis/packed-replies.ts'
import { type BulkSender, IndexRows } from './index-rows.ts'

const queue = 'mail'
const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index))

const idOf = (key: string) => key.split(':').at(-1) ?? ''

/** A Redis whose jobs have a name of so many bytes, and what it was asked for: how many jobs, by which way. */
function redis(sizeOf: (id: string) => number) {
  const asked: string[] = []
  let large = false
  const texts = (key: string, fields: readonly unknown[]) =>
    fields.map((field) => (field === 'name' ? 'x'.repeat(sizeOf(idOf(key))) : null))
  const sender: BulkSender = {
    environment: 'test',
    consoleError: (error) => error,
    pipeline: async (commands) => {
      if (commands[0]?.[0] === 'hmget') asked.push(`looked ${commands.length}`)
      return commands.map(([name, key, ...fields]) => {
        if (name === 'hmget') return texts(String(key), fields)
        return fields[0] === 'name' ? sizeOf(idOf(String(key))) : 0
      })
    },
    bulk: async (commands) => {
      asked.push(`blind ${commands.length}`)
      if (large) throw new RepliesTooLarge()
      return commands.map(([, key, ...fields]) => texts(String(key), fields))
    },
    packed: async (_name, keys) => {
      asked.push(`packed ${keys.length}`)
      if (large) throw new RepliesTooLarge()
      const sizes = keys.map((key) => sizeOf(idOf(key)))
      return {
        bytes: new Uint8Array(sizes.reduce((sum, size) => sum + size, 0)),
        starts: new Uint32Array(keys.length),
        longest: Math.max(...sizes),
        empty: [],
        refused: [],
      }
    },
  }
  return { asked, sender, grow: () => (large = true) }
}

const names = (rows: readonly (readonly (string | null)[] | null)[]) =>
  rows.map((row) => row?.[indexFields.indexOf('name')]?.length)

test('a queue is asked for more jobs each time, as long as they are small', async () => {
  const { asked, sender } = redis(() => 10)
  const rows = new IndexRows(sender, 'bull')
  expect(await rows.read(queue, numbered(100))).toHaveLength(100)
  expect((await rows.packed(queue, numbered(1000)))?.parts).toHaveLength(4)
  await rows.read('other', numbered(30))
  expect(asked.join(', ')).toBe(
    'blind 20, blind 40, blind 40, packed 80, packed 160, packed 320, packed 440, blind 20, blind 10',
  )
})

test('jobs that are not small are asked for a megabyte at a time', async () => {
  const { asked, sender } = redis(() => 16_000)
  await new IndexRows(sender, 'bull').read(queue, numbered(150))
  expect(asked).toEqual(['blind 20', 'blind 40', 'blind 65', 'blind 25'])
})

test('a long text ends the trust, and the rest is looked at first, a few at a time', async () => {
  const { asked, sender } = redis((id) => (id === '15' ? 20_000 : 10))
  const rows = new IndexRows(sender, 'bull')
  const read = await rows.read(queue, numbered(500))
  expect(names(read).map((length) => length !== 10)).toEqual(numbered(500).map((id) => id === '15'))
  expect(asked).toEqual(['blind 20', 'looked 200', 'looked 200', 'looked 80'])
  expect(await rows.packed(queue, numbered(10))).toBeNull()
})

test('replies that are too large end the trust too, and are read all the same', async () => {
  const { asked, sender, grow } = redis((id) => (id === '3' ? 20_000 : 10))
  const rows = new IndexRows(sender, 'bull')
  await rows.read(queue, ['0'])
  grow()
  expect(await rows.packed(queue, numbered(10))).toBeNull()
  expect(await rows.read(queue, numbered(10))).toHaveLength(10)
  expect(await rows.read('other', numbered(10))).toHaveLength(10)
  expect(asked).toEqual(['blind 1', 'packed 10', 'looked 10', 'blind 10', 'looked 10'])
})
