/** An instant among an entry's details, by its name (`addedAt`); null for anything else. */
export function instantOf(name: string, value: unknown): number | null {
  const plausible = typeof value === 'number' && value > 946_684_800_000 && value < 8.64e15
  return plausible && name.endsWith('At') ? value : null
}
