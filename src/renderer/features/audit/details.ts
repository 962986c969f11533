/** Fields that the audit keeps, in the order that answers questions; each has a word in the catalogue. */
export const knownFields = [
  'name',
  'state',
  'attemptsMade',
  'attemptsAllowed',
  'addedAt',
  'startedAt',
  'finishedAt',
  'error',
  'priority',
  'dataSize',
  'dataDigest',
  'children',
  'childKeys',
  'parent',
  'scheduler',
  'locked',
  'paused',
  'version',
  'data',
  'kind',
  'address',
  'minutes',
  'until',
  'why',
  'fields',
  'changes',
  'weaker',
  'aroundLockOf',
  'count',
  'secrets',
  'secretsKept',
  'leaveSecrets',
  'process',
] as const
export type KnownField = (typeof knownFields)[number]

export function isKnownField(name: string): name is KnownField {
  return (knownFields as readonly string[]).includes(name)
}

function placeOf(name: string): number {
  return isKnownField(name) ? knownFields.indexOf(name) : knownFields.length
}

/** The fields that say something, known ones first and in their order. */
export function fieldsOf(details: Record<string, unknown>): [string, unknown][] {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .toSorted(([left], [right]) => placeOf(left) - placeOf(right))
}

/** An instant among an entry's details, by its name (`addedAt`, `until`); null for anything else. */
export function instantOf(name: string, value: unknown): number | null {
  const plausible = typeof value === 'number' && value > 946_684_800_000 && value < 8.64e15
  return plausible && (name.endsWith('At') || name === 'until') ? value : null
}
