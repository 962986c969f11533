import type { TemplateText } from './template-text.ts'

/** Endings by which a dotted word without digits is a host rather than a property of an object. */
const endings = new Set(
  (
    'com net org io dev ai co de fr eu uk us ch be nl at es pt pl se ie internal local localdomain lan cloud cluster ' +
    'corp example invalid localhost svc intranet'
  ).split(' '),
)

export function isHost(word: string): boolean {
  if (word === 'localhost') return true
  const dot = word.lastIndexOf('.')
  if (dot <= 0 || word.length > 253 || !endings.has(word.slice(dot + 1).toLowerCase())) return false
  return /^[\p{L}\p{N}.-]+$/u.test(word)
}

/** IPv4 or IPv6, with or without a port or a length of prefix. */
export function isIp(word: string): boolean {
  if (word.length > 50) return false
  if (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5}|\/\d{1,2})?$/.test(word)) return true
  return (
    /^[0-9A-Fa-f:.]+(?:\/\d{1,3})?$/.test(word) &&
    /:.*:/.test(word) &&
    /::|(?:[^:]+:){5}/.test(word)
  )
}

export function isEmail(word: string): boolean {
  const at = word.indexOf('@')
  return at > 0 && at < word.length - 1 && /^[\p{L}\p{N}._-]+$/u.test(word.slice(at + 1))
}

/** `/a/b`, `./a`, `~/a`, `C:\a`, `\\server\a`, `a/b/c.png`, `report.pdf`. */
export function isPath(word: string): boolean {
  if (/^(?:~|\.{1,2})?\/[^/]|^[A-Za-z]:[\\/]|^\\\\/.test(word.slice(0, 5))) return true
  const dot = word.lastIndexOf('.')
  if (dot <= 0 || !extensions.has(word.slice(dot + 1).toLowerCase())) return false
  return true
}

const extensions = new Set(
  (
    'png jpg jpeg gif webp avif svg bmp tiff heic pdf csv tsv xlsx xls docx pptx txt md html htm json jsonl xml yaml yml ' +
    'mp4 mov webm avi mkv mp3 wav m4a zip gz tar tgz part tmp log bak psd ai hbs ts js mjs cjs tsx jsx py sql'
  ).split(' '),
)

/**
 * A URL loses scheme, host and query. Its path stays where it is that of an interface, without what looks like
 * an identifier; that of a page or a picture does not.
 */
export function addUrl(url: string, template: TemplateText): void {
  const start = url.indexOf('://') + 3
  const path = url.slice(start).split(/[?#]/, 1)[0] ?? ''
  const slash = path.indexOf('/')
  template.variable('url')
  if (slash >= 0 && isInterface(path)) addRoute(path.slice(slash), template)
}

/** A path of an interface, such as `/api/users/42`. */
export function isInterface(path: string): boolean {
  return /(?:^|[/.-])(?:api|apis|graphql|rest|rpc|v\d{1,2}(?:beta\d?|alpha\d?)?)(?:[/.]|$)/.test(
    path.slice(0, 300),
  )
}

export function addRoute(path: string, template: TemplateText): void {
  for (const segment of path.split('/').slice(1, 12)) {
    if (segment === '') continue
    template.between('/')
    if (
      /^(?:[A-Za-z]+(?:[-_][A-Za-z]+)?|v\d{1,2}(?:beta\d?|alpha\d?)?)$/.test(segment.slice(0, 40))
    ) {
      template.add(segment)
    } else {
      template.variable('id')
    }
  }
}
