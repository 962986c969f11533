const months = new Set(
  (
    'jan january janvier januar feb february février fevrier februar fév mar march mars märz apr april avril avr ' +
    'may mai jun june juin juni jul july juillet juil juli aug august août aout sep sept september septembre ' +
    'oct october octobre oktober okt nov november novembre dec december décembre decembre dez dezember déc'
  ).split(' '),
)

const weekdays = new Set(
  (
    'mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday lundi mardi mercredi ' +
    'jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag'
  ).split(' '),
)

/** What follows a time and is no part of the sentence. */
const afterTimes = new Set(
  'am pm utc gmt cet cest pst pdt est edt cst cdt mst bst uhr z'.split(' '),
)

export function isMonth(word: string): boolean {
  return word.length >= 3 && word.length <= 9 && months.has(word.toLowerCase())
}

export function isWeekday(word: string): boolean {
  return word.length >= 3 && word.length <= 10 && weekdays.has(word.toLowerCase())
}

export function isAfterTime(word: string): boolean {
  return word.length <= 4 && afterTimes.has(word.toLowerCase())
}

/** `2026-11-20T08:30:15.123Z`, `20.11.2026`, `20/11/26`, `08:30:15`, `20-Nov-26`, `20261120T083015Z`, `GMT+0100`. */
export function isDate(word: string): boolean {
  if (word.length < 4 || word.length > 35) return false
  return (
    /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T_]\d{1,2}[:-]\d{2}.{0,20})?$/.test(word) ||
    /^\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})$/.test(word) ||
    /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[ap]m|[+-]\d{2}:?\d{2})?$/i.test(word) ||
    /^\d{8}T\d{6}Z?$/.test(word) ||
    /^(?:GMT|UTC)[+-]\d{1,2}:?\d{0,2}$/.test(word) ||
    isNamedDate(word)
  )
}

function isNamedDate(word: string): boolean {
  const [day = '', month = '', year = ''] = word.split(/[-/]/, 3)
  return /^\d{1,2}$/.test(day) && /^\d{2,4}$/.test(year) && isMonth(month)
}
