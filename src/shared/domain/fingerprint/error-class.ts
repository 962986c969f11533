/** What an error says of itself, before its variable parts are taken out. */
export interface SaidError {
  errorClass: string | null
  message: string
  /** `function (file)` of the innermost frame of a Python traceback within the message. */
  pythonFrame: string | null
}

const longestClass = 100
const tracebackHead = 'Traceback (most recent call last):'
/** Characters at the end of a message in which a traceback's last lines are looked for. */
const tail = 4000

/** Splits class and message. `stack` is that of V8: its head is the class, a colon, and the message. */
export function saidBy(message: string, stack: string | null): SaidError {
  const trace = message.length < 80 ? -1 : message.slice(0, 2000).indexOf(tracebackHead)
  if (trace >= 0) return saidByTraceback(message, trace)
  const named = withoutClass(message)
  const thrown = stack === null ? null : thrownClass(message, stack)
  if (thrown === null || thrown === named.errorClass) return { ...named, pythonFrame: null }
  return { errorClass: thrown, message, pythonFrame: null }
}

/** Null where it is a mere `Error`, which tells nothing. */
function thrownClass(message: string, stack: string): string | null {
  const [line = ''] = message.trimStart().slice(0, 200).split('\n', 1)
  const head = stack.slice(0, longestClass + 210)
  const at = line === '' ? head.search(/:?\s*\n/) : head.indexOf(`: ${line}`)
  const name = at > 0 ? head.slice(0, at) : (withoutClass(head).errorClass ?? '')
  if (name.length > longestClass || !/^[\p{L}_$][\p{L}\p{N}_$.]*(?: \[[^\]]*\])?$/u.test(name)) {
    return null
  }
  return isMereError(name) ? null : name
}

function isMereError(name: string): boolean {
  return name === 'Error' || name === 'error' || name === 'Exception'
}

/** `TypeError: x`, `AxiosError [CODE]: x`, `[CODE] x`, `requests.exceptions.ReadTimeout: x`. */
function withoutClass(text: string): { errorClass: string | null; message: string } {
  const plain = text.startsWith('Uncaught ') ? text.slice(9) : text
  const bracketed = !plain.startsWith('[')
    ? null
    : /^\[([A-Z][A-Z0-9_]{2,60}|[\w ]{1,50} Error)\]:?\s*/.exec(plain.slice(0, 80))
  if (bracketed?.[1] !== undefined) {
    return { errorClass: bracketed[1], message: plain.slice(bracketed[0].length) }
  }
  const end = plain.slice(0, longestClass + 2).indexOf(': ')
  const name = end < 0 ? '' : plain.slice(0, end)
  if (!isClassName(name)) return { errorClass: null, message: text }
  const rest = plain.slice(end + 2)
  // `Error: TypeError: x`, as wrappers and console.log leave it.
  return isMereError(name) ? withoutClass(rest) : { errorClass: name, message: rest }
}

function isClassName(name: string): boolean {
  if (/^(?:[A-Za-z_]\w*\.)+[A-Z]\w*$/.test(name)) return true
  return (
    /^[A-Za-z_$][\w$]*(?: \[[^\]]*\])?$/.test(name) && /(?:Error|Exception)\d?(?: \[|$)/.test(name)
  )
}

/** The last line at the margin is the error; the last application frame is where it was raised. */
function saidByTraceback(message: string, start: number): SaidError {
  const lines = message
    .slice(Math.max(start, message.length - tail))
    .trimEnd()
    .split('\n')
  let at = lines.length - 1
  while (at > 0 && !/^[A-Za-z_][\w.]*(?::|$)/.test(lines[at]?.slice(0, 200) ?? '')) at -= 1
  const line = at > 0 ? (lines[at] ?? '') : ''
  const before = message.slice(0, start).trim()
  // It was cut before its end.
  if (line === '')
    return {
      errorClass: null,
      message: `${before} ${tracebackHead}`,
      pythonFrame: pythonFrameOf(lines),
    }
  const colon = line.indexOf(':')
  const name = (colon < 0 ? line : line.slice(0, colon)).slice(0, longestClass)
  const rest = [colon < 0 ? '' : line.slice(colon + 1).trim(), ...lines.slice(at + 1)].join('\n')
  return {
    errorClass: name,
    message: before === '' ? rest : `${before} ${rest}`,
    pythonFrame: pythonFrameOf(lines.slice(0, at)),
  }
}

function pythonFrameOf(lines: readonly string[]): string | null {
  for (const line of lines.toReversed()) {
    if (!line.startsWith('  File "')) continue
    const end = line.indexOf('", line ')
    const inside = line.indexOf(', in ', end)
    const file = end < 0 ? '' : line.slice(8, end)
    if (inside < 0 || /site-packages|dist-packages|\/lib\/python\d|^</.test(file.slice(0, 1000))) {
      continue
    }
    const name = line.slice(inside + 5).slice(0, 100)
    return `${name} (${file.split('/').slice(-2).join('/').slice(-200)})`
  }
  return null
}
