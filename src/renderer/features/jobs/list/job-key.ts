import type { ListedJob } from './loaded-rows.ts'

/** Names a job in a list: by its id in one of a single queue, else by its queue too. */
export function keyOfJob({
  queue,
  id,
  goneAt,
}: Pick<ListedJob, 'queue' | 'id' | 'goneAt'>): string {
  if (queue === undefined) return id
  // One that came back stands beside what is kept of the one that went.
  return goneAt === null || goneAt === undefined ? `${queue}\n${id}` : `${queue}\n${id}\ngone`
}

/** It is only in the mirror any more: nothing can be done with it. */
export const isKept = ({ goneAt }: Pick<ListedJob, 'goneAt'>): boolean =>
  goneAt !== null && goneAt !== undefined
