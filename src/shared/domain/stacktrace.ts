import { parseFrame, type StackFrame } from './stacktrace-frame.ts'

export type { StackFrame } from './stacktrace-frame.ts'

/** A line that follows a message: a frame, or anything else kept as it stood. */
export type StackLine = ({ type: 'frame' } & StackFrame) | { type: 'text'; raw: string }

/** One error of a stack: the one thrown, something that caused it, or a member of an AggregateError. */
export interface StackSection {
  relation: 'thrown' | 'cause' | 'member'
  /** How far below the thrown error, which is 0. */
  depth: number
  /** Lines that lead to this error, such as `  [errors]: [`; often none. */
  lead: string[]
  /** The lines of the message as they stood, label and indentation included. */
  head: string[]
  /** `TypeError`, when the message says so. */
  name: string | null
  /** The message without name, label and common indentation; may have several lines. */
  message: string
  body: StackLine[]
}

export interface Stack {
  /** At least one; the first is the error thrown. In the order of the text. */
  sections: StackSection[]
  /** False when no line is a frame: then it is a mere text. */
  traced: boolean
}

interface Stacks {
  /** One per failed attempt, oldest first; null where an attempt left no stack. */
  stacks: (string | null)[]
  /** False when the value was cut or is not BullMQ's: the last stack may lack its end. */
  complete: boolean
}

/** Reads BullMQ's `stacktrace` field, a JSON array of strings. What is not that becomes one text. */
export function readStacks(value: string): Stacks {
  try {
    const parsed: unknown = JSON.parse(value)
    if (Array.isArray(parsed)) {
      return { stacks: parsed.map(asStack), complete: true }
    }
    return { stacks: [asStack(parsed)], complete: true }
  } catch {
    return readCutStacks(value)
  }
}

function asStack(value: unknown): string | null {
  if (value === null) {
    return null
  }
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** A value cut in the middle is no JSON any more, but its strings can still be read one by one. */
function readCutStacks(value: string): Stacks {
  const stacks: string[] = []
  let start = value.trimStart().startsWith('["') ? value.indexOf('"') : -1
  while (start >= 0) {
    const end = endOfString(value, start)
    const text = readString(value.slice(start, end))
    if (text === null) {
      break
    }
    stacks.push(text)
    start = value.startsWith('","', end) ? end + 2 : -1
  }
  return { stacks: stacks.length > 0 ? stacks : [value], complete: false }
}

/** Position of the quote that ends a JSON string, or the length of the text when it was cut. */
function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text[index] !== '"') {
    index += text[index] === '\\' ? 2 : 1
  }
  return Math.min(index, text.length)
}

function readString(text: string): string | null {
  // A cut may fall within an escape, `\u00` at the worst: drop up to six characters until it reads.
  for (let drop = 0; drop <= 6 && drop < text.length; drop += 1) {
    try {
      return String(JSON.parse(`${text.slice(0, text.length - drop)}"`))
    } catch {
      continue
    }
  }
  return null
}

interface Label {
  relation: StackSection['relation']
  /** Of the line; a deeper label belongs to the error above it. */
  indentation: number
}

interface Open extends Label {
  depth: number
  /** Indentation of the members of a `[errors]: [` list, known once the first was seen. */
  members: number | null
}

/**
 * Takes a stack apart: messages, frames, `[cause]:` and `Caused by:` chains, members of an
 * AggregateError. Never throws and loses nothing: `linesOf` gives the lines of the text again.
 * Linear in its length.
 */
export function parseStack(text: string): Stack {
  const sections: StackSection[] = []
  const open: Open[] = []
  let current = startSection('thrown', 0)
  sections.push(current)

  for (const raw of text.split('\n')) {
    const list = isMemberList(raw)
    const label = list ? null : labelOf(raw)
    const inner = open.at(-1)
    if (list) {
      closeUntil(open, indentationOf(raw))
      open.push({
        relation: 'member',
        indentation: indentationOf(raw),
        depth: (open.at(-1)?.depth ?? 0) + 1,
        members: null,
      })
      current = startSection('member', open.at(-1)?.depth ?? 1)
      current.lead.push(raw)
      sections.push(current)
    } else if (label) {
      const chained = label.chained && inner !== undefined && inner.members === null
      closeUntil(open, chained ? label.indentation + 1 : label.indentation)
      const depth = (open.at(-1)?.depth ?? 0) + 1
      open.push({ relation: 'cause', indentation: label.indentation, depth, members: null })
      current = startSection('cause', depth)
      current.head.push(raw)
      sections.push(current)
    } else if (startsMember(raw, inner, current)) {
      const depth = inner?.depth ?? 1
      if (current.lead.length > 0 && current.head.length === 0 && current.body.length === 0) {
        current.head.push(raw)
      } else {
        current = startSection('member', depth)
        current.head.push(raw)
        sections.push(current)
      }
      if (inner) {
        inner.members = indentationOf(raw)
      }
    } else {
      if (isClosing(raw)) {
        closeUntil(open, indentationOf(raw))
      }
      addLine(current, raw)
    }
  }
  for (const section of sections) {
    Object.assign(section, describe(section))
  }
  return {
    sections,
    traced: sections.some((section) => section.body.some((line) => line.type === 'frame')),
  }
}

function startSection(relation: StackSection['relation'], depth: number): StackSection {
  return { relation, depth, lead: [], head: [], name: null, message: '', body: [] }
}

function closeUntil(open: Open[], indentation: number): void {
  while ((open.at(-1)?.indentation ?? -1) >= indentation) {
    open.pop()
  }
}

function addLine(section: StackSection, raw: string): void {
  const frame = parseFrame(raw)
  if (frame) {
    section.body.push({ type: 'frame', ...frame })
  } else if (isStillMessage(section, raw)) {
    section.head.push(raw)
  } else {
    section.body.push({ type: 'text', raw })
  }
}

/** Up to the first frame. A message may be JSON, so of the error thrown a closing bracket belongs to it. */
function isStillMessage(section: StackSection, raw: string): boolean {
  return section.body.length === 0 && (section.relation === 'thrown' || !isClosing(raw))
}

function indentationOf(raw: string): number {
  return raw.length - raw.trimStart().length
}

function isMemberList(raw: string): boolean {
  return raw.trim() === '[errors]: ['
}

/** `}`, `},`, `]`: what `util.inspect` ends an error or a list with. */
function isClosing(raw: string): boolean {
  const text = raw.trim()
  return text === '}' || text === '},' || text === ']' || text === '],'
}

const causeLabels = ['[cause]: ', 'Caused by: ', 'caused by: ', 'Cause: ']

function labelOf(raw: string): (Label & { chained: boolean }) | null {
  const text = raw.trimStart()
  const label = causeLabels.find((start) => text.startsWith(start))
  if (label === undefined) {
    return null
  }
  // `Caused by:` stands at the same indentation each time, and means the error just above it.
  const chained = label !== '[cause]: '
  return { relation: 'cause', indentation: raw.length - text.length, chained }
}

/** Within a list of members, a line at their indentation starts the next once the last had its frames. */
function startsMember(raw: string, inner: Open | undefined, current: StackSection): boolean {
  if (inner === undefined || inner.relation !== 'member' || raw.trim() === '' || isClosing(raw)) {
    return false
  }
  const indentation = indentationOf(raw)
  if (inner.members === null) {
    return indentation > inner.indentation
  }
  return indentation === inner.members && current.body.length > 0 && parseFrame(raw) === null
}

function describe(section: StackSection): { name: string | null; message: string } {
  const [first = '', ...rest] = section.head
  let text = first.trim()
  const label = causeLabels.find((start) => text.startsWith(start))
  if (section.relation === 'cause' && label !== undefined) {
    text = text.slice(label.length)
  }
  if (rest.length === 0 && text.startsWith('[') && text.endsWith('] {')) {
    // An error without frames is printed in brackets.
    text = text.slice(1, -3)
  }
  const { name, message } = splitName(text)
  const common = indentationOf(first)
  const lines = rest.map((line) => line.slice(Math.min(common, indentationOf(line))))
  return { name, message: [message, ...lines].join('\n').trimEnd() }
}

const longestName = 100

/** `TypeError: x` and `TypeError [CODE]: x`; other text before a colon is part of the message. */
function splitName(text: string): { name: string | null; message: string } {
  const plain = text.startsWith('Uncaught ') ? text.slice(9) : text
  const end = plain.indexOf(':')
  const name = end < 0 ? plain : plain.slice(0, end)
  if (name.length > longestName || !isErrorName(name)) {
    return { name: null, message: text }
  }
  return { name, message: end < 0 ? '' : plain.slice(end + 1).trimStart() }
}

function isErrorName(name: string): boolean {
  return /^(?=[A-Za-z_$])[\w$.]*(?:Error|Exception)[\w$]*(?: \[[^\]]*\])?$/.test(name)
}

/** The lines of the text that was parsed, in order and unchanged. */
export function linesOf(stack: Stack): string[] {
  return stack.sections.flatMap((section) => [
    ...section.lead,
    ...section.head,
    ...section.body.map((line) => line.raw),
  ])
}
