import { dictionaries } from '../schema.ts'
import { hasSign } from '../text-shape.ts'
import { contains } from './patterns.ts'
import type { PieceReader } from './pieces.ts'
import type { ShapeReader } from './shapes.ts'
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

/** What splits texts into words, and knows what is in the indexes. */
export interface Words {
  tokenizer: Tokenizer
  vocabulary: Vocabulary
  shapes: ShapeReader
  pieces: PieceReader
}

/** What a text condition asks for; a term where no index helps. */
export function exactText(
  characters: string,
  negated: boolean,
  { shapes, pieces }: Words,
): TextTerm | Term {
  const each = containsEach(characters)
  // In the index a line break stands between error, name and the like, too.
  if (
    Array.from(characters).length < shortestPiece ||
    /[\n\0]/.test(characters) ||
    hasSign(characters)
  ) {
    return term(each, negated)
  }
  return {
    index: 'pieces',
    ...pieces.find(characters, shapes.all()),
    each,
    negated,
    hint: false,
  }
}

/** Words of a text without any are its characters. */
export function wordsText(text: string, negated: boolean, parts: Words): TextTerm | Term {
  const words = parts.tokenizer.words(text)
  if (words.length === 0) return exactText(text, negated, parts)
  if (hasSign(text)) return term(hasWords(words), negated)
  const shapes = parts.shapes.all()
  const beginning = (word: string) => {
    const known = parts.vocabulary.beginning(word)
    const own = known === null || known.length === 0 ? [`${quoted(word)}*`] : known.map(quoted)
    const marks = shapes
      .filter((shape) => shape.words.some((found) => found.startsWith(word)))
      .map(({ wordMark }) => wordMark)
    return `(${[...own, ...marks].join(' OR ')})`
  }
  const match = words.map(beginning).join(' AND ')
  return { index: 'words', match, sure: match, each: hasWords(words), negated, hint: false }
}

function term(each: Sql, negated: boolean): Term {
  return { sql: negated ? sql`NOT ${each}` : each, columns: textColumns }
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
export function pieceHint(characters: string, parts: Words): TextTerm | null {
  const found = exactText(characters, false, parts)
  return 'match' in found ? { ...found, hint: true } : null
}

/** Where to look for a row that has all these words, whole, in one of its texts. */
export function wordsHint(text: string, { tokenizer, shapes }: Words): TextTerm | null {
  const words = tokenizer.words(text)
  if (words.length === 0 || hasSign(text)) return null
  const whole = (word: string) => {
    const marks = shapes
      .all()
      .flatMap((shape) => (shape.words.includes(word) ? shape.wordMark : []))
    return `(${[quoted(word), ...marks].join(' OR ')})`
  }
  const match = words.map(whole).join(' AND ')
  return { index: 'words', match, sure: match, each: hasWords(words), negated: false, hint: true }
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
