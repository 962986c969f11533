import { Batch, idsOf, type PipelineSender } from './batch.ts'

/** Which ids stand in which lists; takes longer the longer the lists are. */
export async function isInLists(
  sender: PipelineSender,
  searches: readonly { key: string; id: string }[],
): Promise<boolean[]> {
  const batch = new Batch()
  const positions = searches.map(({ key, id }) => batch.add('lpos', key, id))
  await batch.send(sender)
  return Promise.all(
    searches.map(async ({ key, id }, index) => {
      const position = positions[index]?.()
      const unknown = position instanceof Error && /unknown command/i.test(position.message)
      return unknown ? isAmong(sender, key, id) : typeof position === 'number'
    }),
  )
}

const step = 1000

/** For Redis before 6.0.6, which has no LPOS. */
async function isAmong(sender: PipelineSender, key: string, id: string): Promise<boolean> {
  for (let start = 0; ; start += step) {
    const batch = new Batch()
    const reply = batch.add('lrange', key, start, start + step - 1)
    await batch.send(sender)
    const ids = idsOf(reply())
    if (ids.includes(id)) return true
    if (ids.length < step) return false
  }
}
