/**
 * One line of a V8 stack, such as `    at async Mailer.send (file:///srv/app/mailer.js:10:5)`.
 * Everything is read by position, from both ends, and never by a backtracking expression: stacks
 * are written by strangers and may be hostile.
 */

/** `application` is what the reader can mend; `library` came from a package; `runtime` is Node or V8. */
type FrameKind = 'application' | 'library' | 'runtime'

export interface StackFrame {
  /** The line as it stood, indentation included. */
  raw: string
  kind: FrameKind
  /** Name of the npm package of a library frame; null when the path does not tell. */
  package: string | null
  function: string | null
  /** Path or URL of the source; null for code without one (native, anonymous). */
  file: string | null
  line: number | null
  column: number | null
  /** The frame was reached through `await`. */
  async: boolean
  /** The code came out of `eval`; file and line are those of the `eval`. */
  evaluated: boolean
}

interface Place {
  file: string | null
  line: number | null
  column: number | null
  evaluated: boolean
}

/** Names of Node's own modules where old versions printed them bare, such as `events.js:200:13`. */
const bareRuntimeFiles = new Set(
  (
    '_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server _stream_duplex ' +
    '_stream_readable _stream_transform _stream_writable _tls_common _tls_wrap assert async_hooks ' +
    'bootstrap_node buffer child_process cluster dgram dns domain events fs http http2 https module net ' +
    'path perf_hooks process punycode querystring readline repl stream string_decoder timers tls tty ' +
    'url util v8 vm worker_threads zlib'
  )
    .split(' ')
    .map((name) => `${name}.js`),
)

const runtimePrefixes = ['node:', 'internal/', 'electron/js2c/', 'bun:', 'deno:', 'ext:']

/** Reads a line of a stack; null when it is not a frame. Linear in the length of the line. */
export function parseFrame(raw: string): StackFrame | null {
  let text = raw.trim()
  if (!text.startsWith('at ')) {
    return null
  }
  text = withoutInspectTail(text.slice(3).trimStart())
  let isAsync = false
  if (text.startsWith('async ')) {
    isAsync = true
    text = text.slice(6).trimStart()
  }
  const { name, location } = split(text)
  const place = parsePlace(location)
  if (!place) {
    return null
  }
  const owner = ownerOf(place.file, location)
  return { raw, ...owner, function: name, ...place, async: isAsync }
}

/** `util.inspect` puts ` {` or `,` behind the last frame when more of the error follows. */
function withoutInspectTail(text: string): string {
  if (text.endsWith(' {')) {
    return text.slice(0, -2).trimEnd()
  }
  return text.endsWith(',') ? text.slice(0, -1) : text
}

function split(text: string): { name: string | null; location: string } {
  if (text.endsWith(')')) {
    const open = openingOf(text)
    if (open > 0) {
      return { name: text.slice(0, open).trim(), location: text.slice(open + 1, -1) }
    }
  }
  return { name: null, location: text }
}

/** Position of the parenthesis that the last character closes, with a space before it; -1 when there is none. */
function openingOf(text: string): number {
  let depth = 0
  for (let index = text.length - 1; index > 0; index -= 1) {
    const character = text[index]
    if (character === ')') {
      depth += 1
    } else if (character === '(') {
      depth -= 1
      if (depth === 0) {
        return text[index - 1] === ' ' ? index : text.indexOf(' (') + 1 || -1
      }
    }
  }
  // A path with a lone parenthesis: the name ends at the first one.
  return text.indexOf(' (') + 1 || -1
}

function parsePlace(location: string): Place | null {
  if (location.startsWith('eval at ')) {
    return parseEvaluated(location)
  }
  if (location === '<anonymous>' || location === 'native' || location === 'unknown location') {
    return { file: null, line: null, column: null, evaluated: false }
  }
  if (location.startsWith('index ') && isDigits(location.slice(6))) {
    return { file: null, line: null, column: null, evaluated: false }
  }
  if (location.startsWith('wasm://')) {
    return { file: location, line: null, column: null, evaluated: false }
  }
  return parsePosition(location)
}

/** `eval at a (eval at b (/srv/x.js:3:4)), <anonymous>:1:8`: the innermost place is a real file. */
function parseEvaluated(location: string): Place | null {
  const last = location.lastIndexOf('), <anonymous>')
  const origin = last < 0 ? location : location.slice(0, last)
  const open = origin.lastIndexOf(' (')
  const inner = (open < 0 ? origin : origin.slice(open + 2)).split('), ', 1)[0] ?? ''
  const end = inner.endsWith(')') ? inner.slice(0, -1) : inner
  const place = parsePosition(end) ?? { file: null, line: null, column: null, evaluated: true }
  return { ...place, evaluated: true }
}

/** `<file>:<line>:<column>`, or `<file>:<line>`; null when no line number ends the text. */
function parsePosition(text: string): Place | null {
  const last = numberAtEnd(text)
  if (!last) {
    return null
  }
  const second = numberAtEnd(last.before)
  const file = second ? second.before : last.before
  if (!looksLikeFile(file)) {
    return null
  }
  return {
    file: file === '<anonymous>' ? null : file,
    line: second ? second.value : last.value,
    column: second ? last.value : null,
    evaluated: false,
  }
}

/** Keeps sentences such as `at 2026-11-20T08:30:15` from being taken for a place in a file. */
function looksLikeFile(text: string): boolean {
  return ['/', ':', '\\', '.', '<', '['].some((sign) => text.includes(sign))
}

const longestNumber = 10

function numberAtEnd(text: string): { before: string; value: number } | null {
  let start = text.length
  while (start > 0 && text.length - start <= longestNumber && isDigit(text.charCodeAt(start - 1))) {
    start -= 1
  }
  if (start === text.length || text[start - 1] !== ':') {
    return null
  }
  return { before: text.slice(0, start - 1), value: Number(text.slice(start)) }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isDigits(text: string): boolean {
  return text.length <= longestNumber && /^\d+$/.test(text)
}

function ownerOf(
  file: string | null,
  location: string,
): { kind: FrameKind; package: string | null } {
  if (file === null) {
    // `<anonymous>:1:8` is code made at run time by the application; the rest is V8's own.
    const made = location.startsWith('eval at ') || location.startsWith('<anonymous>:')
    return { kind: made ? 'application' : 'runtime', package: null }
  }
  if (file.startsWith('wasm://')) {
    return { kind: 'library', package: null }
  }
  const path = file.replaceAll('\\', '/')
  const modules = path.lastIndexOf('node_modules/')
  if (modules === 0 || (modules > 0 && path[modules - 1] === '/')) {
    return { kind: 'library', package: packageIn(path.slice(modules + 13)) }
  }
  if (runtimePrefixes.some((prefix) => path.startsWith(prefix)) || bareRuntimeFiles.has(path)) {
    return { kind: 'runtime', package: null }
  }
  return { kind: 'application', package: null }
}

function packageIn(path: string): string | null {
  const [first, second] = path.split('/', 2)
  if (!first) {
    return null
  }
  return first.startsWith('@') && second ? `${first}/${second}` : first
}
