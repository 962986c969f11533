/**
 * Reads JSON into flat lists instead of objects: exact numbers, duplicate keys and order stay as
 * written, any depth is read without recursion, every value knows its place in the text, and a text
 * that was cut still gives the part that is there. `JSON.parse` does none of these.
 */

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

/** One entry per value, in the order of the text; a container comes before what it holds. */
export interface JsonNodes {
  type: JsonType[]
  /** Where the value stands in the text, end exclusive. */
  start: number[]
  end: number[]
  /** Where the key stands, quotes included; -1 for members of arrays and for the root. */
  keyStart: number[]
  keyEnd: number[]
  /** Index of the container; -1 for the root. */
  parent: number[]
  /** Place among its siblings, from 0. */
  position: number[]
  depth: number[]
  /** Number of direct members. */
  members: number[]
  /** Index of the first value that is not inside this one. */
  next: number[]
}

export type JsonScan =
  /** `complete` is false when the text ends too early; the values read so far are there. */
  { valid: true; nodes: JsonNodes; complete: boolean } | { valid: false; at: number }

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const hexadecimal = /^[\dA-Fa-f]{4}$/
const literals: [string, JsonType][] = [
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
]

/** Linear in the length of the text. Agrees with `JSON.parse` on what is valid. */
export function scanJson(text: string): JsonScan {
  return new Scanner(text).scan()
}

class Scanner {
  private readonly text: string
  private index = 0
  private readonly open: number[] = []
  private readonly nodes: JsonNodes = {
    type: [],
    start: [],
    end: [],
    keyStart: [],
    keyEnd: [],
    parent: [],
    position: [],
    depth: [],
    members: [],
    next: [],
  }

  constructor(text: string) {
    this.text = text
  }

  scan(): JsonScan {
    let wanted: 'value' | 'first' | 'comma' = 'value'
    for (;;) {
      this.skipSpace()
      const container = this.open.at(-1)
      if (wanted === 'comma' && container === undefined) {
        return this.index === this.text.length ? this.finish(true) : this.invalid()
      }
      if (this.index >= this.text.length) {
        return this.nodes.type.length === 0 ? this.invalid() : this.finish(false)
      }
      const character = this.text[this.index]
      if (container !== undefined && wanted !== 'value' && this.closes(container, character)) {
        this.close(container)
        wanted = 'comma'
        continue
      }
      if (wanted === 'comma') {
        if (character !== ',') {
          return this.invalid()
        }
        this.index += 1
        wanted = 'value'
        continue
      }
      const read = this.readMember(container)
      if (read === 'invalid') {
        return this.invalid()
      }
      if (read === 'cut') {
        return this.finish(false)
      }
      wanted = read === 'opened' ? 'first' : 'comma'
    }
  }

  private readMember(container: number | undefined): 'opened' | 'value' | 'cut' | 'invalid' {
    let keyStart = -1
    let keyEnd = -1
    if (container !== undefined && this.nodes.type[container] === 'object') {
      keyStart = this.index
      const read = this.text[this.index] === '"' ? this.readString() : 'invalid'
      if (read !== 'value') {
        return read
      }
      keyEnd = this.index
      this.skipSpace()
      if (this.index >= this.text.length) {
        return 'cut'
      }
      if (this.text[this.index] !== ':') {
        return 'invalid'
      }
      this.index += 1
      this.skipSpace()
      if (this.index >= this.text.length) {
        return 'cut'
      }
    }
    return this.readValue(container ?? -1, keyStart, keyEnd)
  }

  private readValue(
    parent: number,
    keyStart: number,
    keyEnd: number,
  ): 'opened' | 'value' | 'cut' | 'invalid' {
    const { nodes, text } = this
    const start = this.index
    const character = text[start]
    if (character === '{' || character === '[') {
      this.index += 1
      const type = character === '{' ? 'object' : 'array'
      this.open.push(this.add(type, start, parent, keyStart, keyEnd))
      return 'opened'
    }
    if (character === '"') {
      const read = this.readString()
      if (read !== 'invalid') {
        this.add('string', start, parent, keyStart, keyEnd)
      }
      return read
    }
    const literal = literals.find(([word]) => text.startsWith(word, start))
    if (literal) {
      this.index += literal[0].length
      this.add(literal[1], start, parent, keyStart, keyEnd)
      return 'value'
    }
    if (literals.some(([word]) => word.startsWith(text.slice(start, start + 5)))) {
      this.index = text.length
      return nodes.type.length === 0 ? 'invalid' : 'cut'
    }
    return this.readNumber(parent, keyStart, keyEnd)
  }

  private readNumber(
    parent: number,
    keyStart: number,
    keyEnd: number,
  ): 'value' | 'cut' | 'invalid' {
    const start = this.index
    number.lastIndex = start
    if (!number.test(this.text)) {
      return this.text.slice(start) === '-' && parent >= 0 ? 'cut' : 'invalid'
    }
    this.index = number.lastIndex
    const rest = this.text.slice(this.index, this.index + 3)
    if (parent >= 0 && /^(?:\.|[eE][+-]?)$/.test(rest)) {
      // `1.` or `1e+` at the very end: the rest of the number was cut.
      this.index = this.text.length
      this.add('number', start, parent, keyStart, keyEnd)
      return 'cut'
    }
    this.add('number', start, parent, keyStart, keyEnd)
    return 'value'
  }

  private readString(): 'value' | 'cut' | 'invalid' {
    const { text } = this
    let index = this.index + 1
    while (index < text.length) {
      const code = text.charCodeAt(index)
      if (code === 34) {
        this.index = index + 1
        return 'value'
      }
      if (code < 32) {
        this.index = index
        return 'invalid'
      }
      if (code === 92) {
        const length = this.escapeLength(index)
        if (length === 0) {
          this.index = index
          return 'invalid'
        }
        index += length
      } else {
        index += 1
      }
    }
    this.index = text.length
    return 'cut'
  }

  /** Length of the escape that starts here; 0 when there is no such escape. */
  private escapeLength(index: number): number {
    const character = this.text[index + 1]
    if (character === undefined) {
      return 1
    }
    if (character !== 'u') {
      return '"\\/bfnrt'.includes(character) ? 2 : 0
    }
    const digits = this.text.slice(index + 2, index + 6)
    const cut = index + 6 > this.text.length
    return hexadecimal.test(cut ? digits.padEnd(4, '0') : digits) ? 6 : 0
  }

  private add(
    type: JsonType,
    start: number,
    parent: number,
    keyStart: number,
    keyEnd: number,
  ): number {
    const { nodes } = this
    const index = nodes.type.length
    nodes.type.push(type)
    nodes.start.push(start)
    nodes.end.push(this.index)
    nodes.keyStart.push(keyStart)
    nodes.keyEnd.push(keyEnd)
    nodes.parent.push(parent)
    nodes.depth.push(this.open.length)
    nodes.members.push(0)
    nodes.next.push(index + 1)
    const before = nodes.members[parent] ?? 0
    nodes.position.push(before)
    if (parent >= 0) {
      nodes.members[parent] = before + 1
    }
    return index
  }

  private closes(container: number, character: string | undefined): boolean {
    return character === (this.nodes.type[container] === 'object' ? '}' : ']')
  }

  private close(container: number): void {
    this.index += 1
    this.nodes.end[container] = this.index
    this.nodes.next[container] = this.nodes.type.length
    this.open.pop()
  }

  private skipSpace(): void {
    const { text } = this
    let code = text.charCodeAt(this.index)
    while (code === 32 || code === 10 || code === 13 || code === 9) {
      this.index += 1
      code = text.charCodeAt(this.index)
    }
  }

  private finish(complete: boolean): JsonScan {
    for (const container of this.open) {
      this.nodes.end[container] = this.text.length
      this.nodes.next[container] = this.nodes.type.length
    }
    return { valid: true, nodes: this.nodes, complete }
  }

  private invalid(): JsonScan {
    return { valid: false, at: this.index }
  }
}
