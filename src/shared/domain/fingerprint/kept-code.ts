import type { TemplateText } from './template-text.ts'

/** A number behind one of these is what went wrong, not a value. */
const codeWords = new Set(
  (
    'code codes statuscode status_code status errno errorcode error_code error_subcode subcode exitcode exit_code ' +
    'sqlstate http statut fehlercode signal'
  ).split(' '),
)

/** A number from 400 to 599 behind one of these is the status of an answer. */
const statusWords = new Set(
  (
    'answered returned responded replied got received error response failed rejected erreur fehler réponse antwort ' +
    'rejected answer'
  ).split(' '),
)

/** Words, longer ones than numbers alone: `E11000`, `P2002`, `ORA-00942`. */
const namedCode = /^[A-Z]{1,5}-?\d{3,5}$/

/**
 * True for a number or word that says what went wrong, such as an HTTP status, an exit code or an error code of
 * a database. `next` is what follows it in the message.
 */
export function isKeptCode(word: string, before: TemplateText, next: string): boolean {
  if (word.length > 10) return false
  const previous = lastWord(before)
  if (!/^-?\d{1,5}$/.test(word)) {
    return (
      namedCode.test(word) && (before.isEmpty || codeWords.has(previous) || next.startsWith(':'))
    )
  }
  if (before.last === null && (codeWords.has(previous) || previous.startsWith('http/'))) return true
  if (before.separator.endsWith('(#') && next.startsWith(')')) return true
  // `Error 1205 (HY000): …`
  if (previous === 'error' && before.separator === ' ' && /^(?::| \()/.test(next)) return true
  return isStatus(word) && (isBehindStatusWord(previous, before) || opensStatusLine(before, next))
}

function lastWord(before: TemplateText): string {
  const word = before.word
  return word.length > 16 ? '' : word.toLowerCase()
}

function isStatus(word: string): boolean {
  return word.length === 3 && (word.startsWith('4') || word.startsWith('5'))
}

function isBehindStatusWord(previous: string, before: TemplateText): boolean {
  if (before.last !== null && before.last !== 'url') return false
  if (statusWords.has(previous)) return true
  return previous === 'with' && statusWords.has(before.wordBefore.toLowerCase())
}

/** `GET /orders/42 500 Internal Server Error` */
const statusPhrase =
  /^ (?:Bad|Unauthorized|Payment|Forbidden|Not|Method|Request|Conflict|Gone|Payload|Too|Unproces|Internal|Service|Gateway)/

const statusLine = /^(?:: | \p{Lu}| ["{<]|[ -]\d\.\d{1,3}\.\d)/u

/** `429 Too Many Requests`, `[503 Service …`, `rejected: 550 5.1.1 …`, `529 {"type":…`. */
function opensStatusLine(before: TemplateText, next: string): boolean {
  if (before.last !== null && before.separator === ' ') return statusPhrase.test(next)
  if (before.isEmpty || before.separator.endsWith(': ')) return statusLine.test(next)
  return /[[(]$/.test(before.separator) && (/^[)\]]/.test(next) || statusLine.test(next))
}
