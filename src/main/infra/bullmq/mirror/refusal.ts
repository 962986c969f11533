/**
 * Whether an answer is none: Redis, or what stands before it, could not carry the command out. A key of another
 * type is an answer, as is a command that an old Redis does not have, for which callers have another way.
 */
export const isRefusal = (reply: unknown): reply is Error =>
  reply instanceof Error && !/^WRONGTYPE|unknown command/i.test(reply.message)
