import type { Redis } from 'ioredis'

/** How often within `patience` it is looked whether bytes have come. */
const looks = 6

/**
 * What `work` resolves with, unless no byte comes from Redis for `patience` milliseconds while it is
 * under way. Its own later result is dropped; the connection is left as it is.
 *
 * @throws Error `timed out`.
 */
export async function unlessSilent<Result>(
  redis: Redis,
  patience: number,
  work: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    let heard = bytesFrom(redis)
    let silent = 0
    const look = () => {
      const now = bytesFrom(redis)
      silent = now === heard ? silent + 1 : 0
      heard = now
      if (silent < looks) timer = setTimeout(look, patience / looks)
      else reject(new Error('timed out'))
    }
    timer = setTimeout(look, patience / looks)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

/** The socket is another one after a reconnect, and is not there before the first connect. */
function bytesFrom(redis: Redis): number {
  return (redis.stream as Redis['stream'] | undefined)?.bytesRead ?? 0
}
