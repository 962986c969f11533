import { parseFrame, type StackFrame } from '../stacktrace-frame.ts'

/** Characters and lines of a stack that are looked at. */
const mostRead = 20_000
const mostLines = 200
const longestLine = 1000

/**
 * Function and file of the first frame of the application, such as `Mailer.send (src/mailer.ts)`: without
 * line and column, without where on the machine the application lives, without what a bundler hashes into
 * names. Null when there is none.
 */
export function applicationFrame(stack: string): string | null {
  const text = stack.slice(0, mostRead)
  let start = 0
  for (let count = 0; count < mostLines && start < text.length; count += 1) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    if (end - start < longestLine && isFrameLine(text, start)) {
      const frame = parseFrame(text.slice(start, end))
      if (frame?.kind === 'application') return nameOf(frame)
    }
    start = end + 1
  }
  return null
}

/** Cheap, since most lines of a stack are of libraries; parseFrame decides. */
function isFrameLine(text: string, start: number): boolean {
  let at = start
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1
  return at > start && text.startsWith('at ', at)
}

function nameOf(frame: StackFrame): string {
  const file = frame.file === null ? '<anonymous>' : fileOf(frame.file)
  const name = functionOf(frame.function)
  // What a minifier calls a function changes with each build.
  const minified = name !== null && file.includes('<hash>') && /^[\w$]{1,2}$/.test(name)
  return name === null || minified ? file : `${name} (${file})`
}

function functionOf(text: string | null): string | null {
  if (text === null || text === '' || text === '<anonymous>') return null
  const alias = text.indexOf(' [as ')
  return (alias < 0 ? text : text.slice(0, alias))
    .replace(/^(?:Object|Module|Function|exports)\.(?=[\w$])/, '')
    .replace(/\$\d+$/, '')
    .slice(0, 200)
}

/** Where the sources of a project begin; what is before is of the machine. */
const sources = new Set(['src', 'dist', 'build', 'out', '.next', '.output'])
/** Where projects are put; the names of the project and of its owner are of the machine too. */
const homes =
  /^(?:app|usr\/src\/app|workspace|var\/task|(?:srv|opt|root|data)\/[^/]+|(?:home|Users|var\/www)\/[^/]+\/[^/]+|[A-Za-z]:\/Users\/[^/]+\/[^/]+)\/(?=.)/
/** Within a repository of many packages, the package is part of the name. */
const groups = new Set(['packages', 'apps', 'services', 'libs'])

function fileOf(file: string): string {
  const path = withoutScheme(file.replaceAll('\\', '/').split('?', 1)[0] ?? '')
  const segments = path
    .replace(/^\/+/, '')
    .replace(homes, '')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
  const group = segments.findIndex(
    (segment, index) => groups.has(segment) && index < segments.length - 2,
  )
  const source = segments.findLastIndex(
    (segment, index) => sources.has(segment) && index < segments.length - 1,
  )
  const start = group >= 0 ? group : source >= 0 ? source : Math.max(segments.length - 2, 0)
  const kept = segments.slice(start)
  const last = kept.length - 1
  kept[last] = withoutHash(kept[last] ?? '')
  return kept.join('/').slice(-300)
}

function withoutScheme(path: string): string {
  const end = path.indexOf('://')
  return end < 0 ? path : path.slice(end + 3)
}

/** `chunk-A1B2.js`, `main.8f3a2b1c.js`, `index-DkX9s2aB.js`, `847.js`: the parts that a build makes up. */
function withoutHash(name: string): string {
  const parts = name.split(/(?=[-._])/)
  return parts
    .map((part, index) => {
      const sign = index === 0 ? '' : part.slice(0, 1)
      const text = part.slice(sign.length)
      const hashed = index === 0 ? isMadeUpName(text) : isHash(text)
      return hashed ? `${sign}<hash>` : part
    })
    .join('')
}

function isMadeUpName(text: string): boolean {
  return /^\d+$/.test(text) || (/^[0-9a-f]{8,}$/.test(text) && /\d/.test(text))
}

function isHash(text: string): boolean {
  if (text.length < 4 || !/^[A-Za-z0-9]+$/.test(text)) return false
  if (/\d/.test(text)) return true
  return text.length === 8 && /[A-Z].*[A-Z]/.test(text) && /[a-z]/.test(text)
}
