import { addRoute, isEmail, isHost, isInterface, isIp, isPath } from './address.ts'
import { isAfterTime, isDate, isMonth, isWeekday } from './calendar.ts'
import { isKeptCode } from './kept-code.ts'
import { isDigit, quantityKind, unitKind } from './quantity.ts'
import type { Placeholder, TemplateText } from './template-text.ts'

/** Names with digits that are words. */
const technical =
  /^(?:utf-?(?:8|16|32)|base(?:32|64)|sha-?(?:1|256|384|512)|md5|s3|ec2|http\/?[123](?:\.[01])?|ipv[46]|oauth2?|[hx]26[45]|mp[34]|u?int(?:8|16|32|64)|float(?:32|64)|x86_64|arm64|amd64|es\d{1,4}|log4j|p2p|b2b|web3|k8s|i18n|l10n|b64)$/i

/** `Http2Session`, `S3Client`: a name of code with a digit or two in it. */
const codeName = /^[A-Z][A-Za-z]*\d{1,2}[A-Z][A-Za-z]+$/

/** Keys, tokens and `cus_QwErTy`, also those that have no digit. */
const prefixed =
  /^(?:(?:sk|pk|rk|ghp|gho|xox[abp])[-_]|[a-z]{2,6}_(?=[a-z]*[A-Z][A-Za-z]*[A-Z])(?=[A-Z]*[a-z])[A-Za-z]{6,}$)/

/** Values that stand for none, where a value is told. */
const noValues = new Set(['null', 'undefined', 'true', 'false', 'None', 'nil', 'NaN'])

/** `de_DE`, `fr-FR`. */
const locale = /^[a-z]{2}[-_][A-Z]{2}$/

/** Letters alone: most words. */
export function addPlainWord(word: string, template: TemplateText): void {
  const { last, separator } = template
  if (last !== null && separator.length <= 2 && absorbs(word, last, template)) return
  if (noValues.has(word) && (word === 'NaN' || /[:=]\s*$/.test(separator))) {
    template.variable(word === 'NaN' ? 'number' : 'value')
    return
  }
  const isName =
    word === 'localhost' || template.word === 'ENOTFOUND' || template.word === 'EAI_AGAIN'
  if (isName && separator !== '') template.variable('host')
  else if (/[-_]/.test(word) && locale.test(word)) template.variable('value')
  else if (/[-_]/.test(word) && prefixed.test(word)) template.variable('id')
  else template.add(word)
}

/** `30` and `seconds`, `20` and `November`, `08:30` and `Uhr`. */
function absorbs(word: string, last: Placeholder, template: TemplateText): boolean {
  const close = template.separator === '' || template.separator === ' '
  if (last === 'number') {
    const unit = close ? unitKind(word) : null
    if (unit !== null) template.change(unit)
    const month = unit === null && (close || template.separator === '. ') && isMonth(word)
    if (month) template.change('date')
    return unit !== null || month
  }
  if (last === 'date' && close && (isAfterTime(word) || isMonth(word) || isWeekday(word))) {
    template.change('date')
    return true
  }
  return last === 'duration' && close && unitKind(word) === 'duration'
}

/** Any other word: with digits, dots, slashes, colons in it. `next` is what follows in the message. */
export function addWord(word: string, next: string, template: TemplateText): void {
  if (isDigits(word)) addNumber(word, next, template)
  else if (word.length > 200) template.variable(isPath(word) ? 'path' : 'token')
  else if (isAddress(word, template)) return
  else if (/\d/.test(word)) addWordWithDigits(word, next, template)
  else if (word.startsWith('eyJ') || word.includes('**')) template.variable('token')
  else addPlainWord(word, template)
}

function isDigits(word: string): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (!isDigit(word.charCodeAt(index))) return false
  }
  return true
}

function addNumber(word: string, next: string, template: TemplateText): void {
  if (isKeptCode(word, template, next)) template.add(word)
  else addQuantity('number', template)
}

function withoutPort(word: string): string {
  const at = word.lastIndexOf(':')
  return at > 0 && /^\d{1,5}$/.test(word.slice(at + 1)) ? word.slice(0, at) : word
}

/** Adds what leads somewhere: addresses, paths, pairs. False where the word is none of these. */
function isAddress(word: string, template: TemplateText): boolean {
  const slash = word.includes('/')
  const dot = word.includes('.')
  const colon = word.includes(':')
  if ((dot || colon) && isIp(word)) template.variable('ip')
  else if (slash && word.startsWith('/') && isInterface(word)) {
    addRoute(word.split('?', 1)[0] ?? '', template)
  } else if (word.includes('=') && isPair(word)) addPair(word, template)
  else if (word.includes('@') && isEmail(word)) template.variable('email')
  else if (colon && word.startsWith('arn:')) template.variable('id')
  else if (dot && isHost(withoutPort(word))) template.variable('host')
  else if (colon && withoutPort(word) === 'localhost') template.variable('host')
  else if ((slash || dot || word.includes('\\')) && isPath(word)) template.variable('path')
  else return false
  return true
}

function isPair(word: string): boolean {
  return word.length < 120 && /[^=]=[^=]|^[^=]+=$/.test(word)
}

/** `tenant=acme`: the value is one, unless the key says that it is a code. */
function addPair(word: string, template: TemplateText): void {
  const at = word.indexOf('=')
  const key = word.slice(0, at)
  const value = word.slice(at + 1)
  if (key !== '') addWord(key, '=', template)
  template.between('=')
  if (value === '') return
  if (isKeptCode(value, template, '') || isNamedCode(key, value)) template.add(value)
  else template.variable('value')
}

/** `code=E_FULL`, `reason=quota`. */
function isNamedCode(key: string, value: string): boolean {
  return /^(?:code|reason|status|errno)$/i.test(key) && /^[A-Za-z_]{1,60}$/.test(value)
}

function addWordWithDigits(word: string, next: string, template: TemplateText): void {
  if (isKeptCode(word, template, next) || technical.test(word) || codeName.test(word)) {
    template.add(word)
    return
  }
  const kind = quantityKind(word)
  // `1.2.2026` looks like a number too.
  if (isDate(word)) addDate(template)
  else if (kind !== null) addQuantity(kind, template)
  else if (word.includes('/') && !word.includes(':')) addSteps(word, '/', next, template)
  else if (/^[^:]+:[^:]+$/.test(word)) addSteps(word, ':', next, template)
  else if (isDottedName(word)) addSteps(word, '.', next, template)
  else template.variable(identifierKind(word))
}

function addDate(template: TemplateText): void {
  if (/^,? ?$/.test(template.separator) && template.last === null && isWeekday(template.word)) {
    template.takeBack()
  }
  template.variable('date')
}

function addQuantity(kind: Placeholder, template: TemplateText): void {
  withoutSign(template)
  const { last, separator } = template
  if (kind === 'number' && last === null && separator === ' ' && isMonth(template.word)) {
    template.takeBack()
    addDate(template)
  } else if (kind === 'number' && last === 'date' && (separator === ' ' || separator === ', ')) {
    // The year of `Nov 20, 2026`.
    template.change('date')
  } else {
    template.variable(kind)
  }
}

/** `#42`, `$5`, `~3`: with or without the sign it is a value. */
function withoutSign(template: TemplateText): void {
  template.separator = template.separator.replace(/[#$€£~±]$/, '')
}

/** `error:429`, `items.0.name`, `data/items/3`: word by word; one identifier where nothing is told by it. */
function addSteps(word: string, sign: string, next: string, template: TemplateText): void {
  const steps = word.split(sign)
  if (sign !== '.' && steps.every((step) => /\d/.test(step) || step === '')) {
    template.variable('id')
    return
  }
  for (const [index, step] of steps.entries()) {
    if (index > 0) template.between(sign)
    if (step !== '') addWord(step, index === steps.length - 1 ? next : sign, template)
  }
}

function isDottedName(word: string): boolean {
  return word.split('.').every((step) => /^(?:[A-Za-z_$]+|\d{1,6})$/.test(step.slice(0, 100)))
}

function identifierKind(word: string): Placeholder {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(word)) return 'uuid'
  if (/^(?:0x[0-9a-f]+|[0-9a-f]{4,})$/i.test(word)) return 'hex'
  return word.length > 40 || word.startsWith('eyJ') ? 'token' : 'id'
}
