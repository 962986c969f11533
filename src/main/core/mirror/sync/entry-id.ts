/** Order of two ids of stream entries, `<milliseconds>-<sequence>`: negative where the first is older. */
export function compareEntryIds(one: string, other: string): number {
  const [time, sequence] = partsOf(one)
  const [otherTime, otherSequence] = partsOf(other)
  return time - otherTime || sequence - otherSequence
}

/** Milliseconds of Redis' clock at which an entry was added. */
export const timeOfEntry = (id: string): number => partsOf(id)[0]

function partsOf(id: string): [time: number, sequence: number] {
  const dash = id.indexOf('-')
  if (dash === -1) return [Number(id) || 0, 0]
  return [Number(id.slice(0, dash)) || 0, Number(id.slice(dash + 1)) || 0]
}
