import { saidBy } from './error-class.ts'
import { applicationFrame } from './frame.ts'
import { hashOf } from './hash.ts'
import { templateOf } from './template.ts'

/** What failures have in common that are one problem. */
export interface Fingerprint {
  /** 16 hexadecimal characters: the same for the same problem, in every environment. */
  id: string
  /** Null where it is not told, or nothing more than `Error`. */
  errorClass: string | null
  /** The message with its variable parts as `<number>`, `<uuid>` and the like, in one line. */
  message: string
  /** Function and file of the first frame of the application; null where no stack tells. */
  frame: string | null
}

/**
 * Fingerprint of a failure. `stack` is one stack, the newest; without it class and message decide alone, so
 * that the id is another one than with it where it has a frame of the application. Of a message 2,000 characters
 * are looked at (8,000 of a list of issues, the end of a Python traceback), of a stack 20,000.
 */
export function fingerprintOf(error: { message: string; stack?: string | null }): Fingerprint {
  const stack = error.stack ?? null
  const said = saidBy(stack === null ? error.message : wholeMessage(error.message, stack), stack)
  const template = templateOf(said.message)
  const frame = said.pythonFrame ?? (stack === null ? null : applicationFrame(stack))
  return {
    id: hashOf(`${said.errorClass ?? ''}\n${template.key}\n${frame ?? ''}`),
    errorClass: said.errorClass,
    message: template.text,
    frame,
  }
}

/** A message of this length may have been cut. */
const keptMessage = 1000

/** The mirror keeps the start of a message; the stack has all of it in its head. */
function wholeMessage(message: string, stack: string): string {
  if (message.length < keptMessage) return message
  const start = stack.slice(0, 210 + keptMessage).indexOf(message)
  if (start < 0) return message
  const end = stack.indexOf('\n    at ', start + message.length)
  return stack.slice(start, end < 0 ? undefined : end)
}

/**
 * Of a group that is split by message: the id for the failures with this whole message. No more of it is looked
 * at than the mirror keeps.
 */
export function splitFingerprint(base: string, message: string): string {
  return hashOf(`${base}\n${message.slice(0, keptMessage)}`)
}
