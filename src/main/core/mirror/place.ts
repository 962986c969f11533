import type { Profile } from '#shared/contract/profiles.ts'

/**
 * What tells whether a mirror is one of the queues that a profile leads to: the deployment, the database
 * and the prefixes, since the first prefix decides what queues are called.
 */
export const placeOf = ({ deployment, database, prefixes }: Profile): string =>
  JSON.stringify([deployment, database, prefixes])
