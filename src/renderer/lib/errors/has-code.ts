import { ORPCError } from '@orpc/client'
import type { ErrorCode } from '#shared/errors.ts'

/** An expected error of the console with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): boolean {
  return error instanceof ORPCError && codes.some((code) => code === error.code)
}
