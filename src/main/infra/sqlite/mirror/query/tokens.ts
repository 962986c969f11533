import BetterSqlite, { type Database } from 'better-sqlite3'

/*
 * The words of a text are what the text index makes of it (unicode61, without diacritics). What is searched
 * for is split by the index' own tokenizer; rows that are not yet in the index by the like of it.
 */

/** Splits what is searched for into words as the text index does. */
export class Tokenizer {
  readonly #database: Database
  readonly #insert
  readonly #clear
  readonly #terms

  constructor() {
    this.#database = new BetterSqlite(':memory:')
    this.#database.exec(`
      CREATE VIRTUAL TABLE sample USING fts5(
        text, content = '', tokenize = 'unicode61 remove_diacritics 2'
      );
      CREATE VIRTUAL TABLE term USING fts5vocab(sample, row);`)
    this.#insert = this.#database.prepare<[string]>('INSERT INTO sample (text) VALUES (?)')
    this.#clear = this.#database.prepare("INSERT INTO sample (sample) VALUES ('delete-all')")
    this.#terms = this.#database.prepare<[], string>('SELECT term FROM term').pluck()
  }

  /** Each word once, folded. Empty for a text without letter or digit. */
  words(text: string): string[] {
    this.#insert.run(text)
    const words = this.#terms.all()
    this.#clear.run()
    return words
  }

  close(): void {
    this.#database.close()
  }
}

/** What binds the words for `has_words`. */
export const wordsArgument = (words: readonly string[]): string => words.join(' ')

/** `has_words(text, words)`: whether each of these words begins a word of the text. */
export function registerWords(database: Database): void {
  database.function('has_words', { deterministic: true }, (text: unknown, words: unknown) =>
    typeof text === 'string' && typeof words === 'string' && hasWords(text, words.split(' '))
      ? 1
      : 0,
  )
}

function hasWords(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase()
  const simple = onlyAscii.test(lower)
  // Most rows lack one of the words altogether, which is told without splitting them.
  if (simple && !words.every((word) => lower.includes(word))) return false
  const folded = simple ? lower : withoutDiacritics(lower)
  const found = folded.match(word) ?? []
  return words.every((wanted) => found.some((token) => token.startsWith(wanted)))
}

const word = /[\p{L}\p{N}\p{Co}]+/gu
// oxlint-disable-next-line no-control-regex
const onlyAscii = /^[\0-\x7f]*$/

const withoutDiacritics = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .normalize('NFC')
