import { dictionaries } from '../schema.ts'
import { contains } from './patterns.ts'
import { plain, some, sql, type Sql } from './sql.ts'
import { wordsArgument, type Tokenizer } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { Term, TextTerm } from './wanted.ts'

/** Shorter ones are in no trigram. */
const shortestPiece = 3

const nameField = dictionaries.indexOf('name')
const userField = dictionaries.indexOf('user')

/** Columns of `j` that its text is made of; payload and words stand elsewhere. */
const textColumns = ['message', 'id', 'name', 'user', 'text']

/** The text of `j` as it is indexed: error, name, id, user, payload, a line each. */
const textOfRow = plain(`(
  coalesce(j.message, '') || char(10) ||
  coalesce((SELECT text FROM word WHERE word.id = j.name), '') || char(10) ||
  j.id || char(10) ||
  coalesce((SELECT text FROM word WHERE word.id = j.user), '') || char(10) ||
  coalesce((SELECT text FROM payload WHERE payload.key = j.key), ''))`)

/** Any of the columns holds them: one after the other, without making the text first. */
function containsEach(characters: string): Sql {
  const isWord = (field: number) =>
    sql`(SELECT id FROM word WHERE field = ${field} AND ${contains(plain('text'), characters)})`
  return some([
    sql`coalesce(${contains(plain('j.message'), characters)}, FALSE)`,
    contains(plain('j.id'), characters),
    sql`j.name IN ${isWord(nameField)}`,
    sql`coalesce(j.user IN ${isWord(userField)}, FALSE)`,
    sql`EXISTS (SELECT 1 FROM payload
      WHERE payload.key = j.key AND ${contains(plain('payload.text'), characters)})`,
  ])
}

/** What a text condition asks for; a term where no index helps. */
export function exactText(characters: string, negated: boolean): TextTerm | Term {
  const each = containsEach(characters)
  // In the index a line break stands between error, name and the like, too.
  if (Array.from(characters).length < shortestPiece || /[\n\0]/.test(characters)) {
    return { sql: negated ? sql`NOT ${each}` : each, columns: textColumns }
  }
  return { index: 'pieces', match: quoted(characters), each, negated, hint: false }
}

/** What splits texts into words, and knows which there are. */
export interface Words {
  tokenizer: Tokenizer
  vocabulary: Vocabulary
}

/** Words of a text without any are its characters. */
export function wordsText(
  text: string,
  negated: boolean,
  { tokenizer, vocabulary }: Words,
): TextTerm | Term {
  const words = tokenizer.words(text)
  if (words.length === 0) return exactText(text, negated)
  const beginning = (word: string) => {
    const known = vocabulary.beginning(word)
    if (known === null || known.length === 0) return `${quoted(word)}*`
    return `(${known.map(quoted).join(' OR ')})`
  }
  return {
    index: 'words',
    match: words.map(beginning).join(' AND '),
    each: hasWords(words),
    negated,
    hint: false,
  }
}

/** Most rows lack the longest word, which SQLite tells sooner than we; it knows only the case of ASCII. */
function hasWords(words: readonly string[]): Sql {
  const longest = words.reduce((one, other) => (other.length > one.length ? other : one))
  const holds = sql`has_words(${textOfRow}, ${wordsArgument(words)})`
  return sql`((${containsEach(longest)} OR ${notAscii}) AND ${holds})`
}

const beyondAscii = (text: string) => `octet_length(${text}) <> length(${text})`
const foreignWords = (field: number) =>
  `(SELECT id FROM word WHERE field = ${field} AND ${beyondAscii('text')})`

/** Letters that may be others without their marks. */
const notAscii = plain(`(
  coalesce(${beyondAscii('j.message')}, FALSE) OR (${beyondAscii('j.id')}) OR
  j.name IN ${foreignWords(nameField)} OR coalesce(j.user IN ${foreignWords(userField)}, FALSE) OR
  EXISTS (SELECT 1 FROM payload WHERE payload.key = j.key AND ${beyondAscii('payload.text')}))`)

/** Where to look for a row that has these characters in one of its texts; null where no index helps. */
export function pieceHint(characters: string): TextTerm | null {
  const term = exactText(characters, false)
  return 'match' in term ? { ...term, hint: true } : null
}

/** Where to look for a row that has all these words, whole, in one of its texts. */
export function wordsHint(text: string, { tokenizer }: Words): TextTerm | null {
  const words = tokenizer.words(text)
  if (words.length === 0) return null
  const match = words.map(quoted).join(' AND ')
  return { index: 'words', match, each: hasWords(words), negated: false, hint: true }
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
