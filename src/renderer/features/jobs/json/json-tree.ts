import { scanJson, type JsonNodes, type JsonType } from './json-scanner.ts'

/** A JSON text taken apart for a tree: what to show is computed from it and the set of open nodes. */
export interface JsonTree {
  text: string
  nodes: JsonNodes
  /** False when the text was cut: the last values are only a beginning. */
  complete: boolean
}

/** The tree of a text; null when it is not JSON. `cut` allows the text to end too early. */
export function readTree(text: string, cut: boolean): JsonTree | null {
  const scan = scanJson(text)
  if (!scan.valid || (!scan.complete && !cut)) {
    return null
  }
  return { text, nodes: scan.nodes, complete: scan.complete }
}

export function typeOf(tree: JsonTree, node: number): JsonType {
  return tree.nodes.type[node] ?? 'null'
}

export function isContainer(tree: JsonTree, node: number): boolean {
  const type = tree.nodes.type[node]
  return type === 'object' || type === 'array'
}

/** The value as it is written in the text, at most `limit` characters of it. */
export function sourceOf(tree: JsonTree, node: number, limit = Infinity): string {
  const start = tree.nodes.start[node] ?? 0
  return tree.text.slice(start, Math.min(tree.nodes.end[node] ?? 0, start + limit))
}

export function sourceLength(tree: JsonTree, node: number): number {
  return (tree.nodes.end[node] ?? 0) - (tree.nodes.start[node] ?? 0)
}

/** Key of a member of an object, decoded; null for members of arrays and the root. */
export function keyOf(tree: JsonTree, node: number): string | null {
  const start = tree.nodes.keyStart[node] ?? -1
  return start < 0 ? null : decode(tree.text.slice(start, tree.nodes.keyEnd[node]))
}

/** The text of a string value, its escapes undone. */
export function decode(source: string): string {
  const closed = source.length > 1 && source.endsWith('"') ? source : `${source}"`
  if (!source.includes('\\')) {
    return closed.slice(1, -1)
  }
  try {
    return String(JSON.parse(closed))
  } catch {
    // Cut within an escape: the source is the most that can be said.
    return source.slice(1)
  }
}

/** Nodes to show, top to bottom: everything whose containers are all open. */
export function visibleNodes(tree: JsonTree, open: ReadonlySet<number>): number[] {
  const { type, next } = tree.nodes
  const visible: number[] = []
  let index = 0
  while (index < type.length) {
    visible.push(index)
    const skip = isContainer(tree, index) && !open.has(index)
    index = skip ? (next[index] ?? index + 1) : index + 1
  }
  return visible
}

/** Opens level by level while the whole stays within `rows`, so that a small value is all in view. */
export function initiallyOpen(tree: JsonTree, rows = 60): Set<number> {
  const open = new Set<number>()
  let level = [0]
  let shown = 1
  while (level.length > 0) {
    const added = level.reduce((sum, node) => sum + (tree.nodes.members[node] ?? 0), 0)
    if (shown + added > rows && open.size > 0) {
      break
    }
    shown += added
    const containers: number[] = []
    for (const node of level) {
      if (isContainer(tree, node)) {
        open.add(node)
        if (shown <= rows) {
          containers.push(...membersOf(tree, node).filter((member) => isContainer(tree, member)))
        }
      }
    }
    level = containers
  }
  return open
}

function membersOf(tree: JsonTree, node: number): number[] {
  const members: number[] = []
  const end = tree.nodes.next[node] ?? node + 1
  let index = node + 1
  while (index < end) {
    members.push(index)
    index = tree.nodes.next[index] ?? index + 1
  }
  return members
}

export function allContainers(tree: JsonTree): Set<number> {
  const open = new Set<number>()
  tree.nodes.type.forEach((type, index) => {
    if (type === 'object' || type === 'array') {
      open.add(index)
    }
  })
  return open
}

/** Containers around a node, outermost first. */
export function ancestorsOf(tree: JsonTree, node: number): number[] {
  const ancestors: number[] = []
  let parent = tree.nodes.parent[node] ?? -1
  while (parent >= 0) {
    ancestors.push(parent)
    parent = tree.nodes.parent[parent] ?? -1
  }
  return ancestors.toReversed()
}

const plainKey = /^[A-Za-z_$][\w$]*$/

/** How code would reach the value: `data.items[3]["content type"]`. */
export function pathOf(tree: JsonTree, node: number, root: string): string {
  const steps = [...ancestorsOf(tree, node), node].slice(1).map((step) => {
    const key = keyOf(tree, step)
    if (key === null) {
      return `[${tree.nodes.position[step] ?? 0}]`
    }
    return plainKey.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  })
  return root + steps.join('')
}

export const mostMatches = 10_000

/** Nodes whose key or plain value contains the words, whatever their case; at most `mostMatches`. */
export function findNodes(tree: JsonTree, words: string): number[] {
  const wanted = words.toLowerCase()
  const found: number[] = []
  if (wanted === '') {
    return found
  }
  for (let node = 0; node < tree.nodes.type.length && found.length < mostMatches; node += 1) {
    const value = isContainer(tree, node) ? '' : plainValue(tree, node)
    if (value.toLowerCase().includes(wanted) || keyOf(tree, node)?.toLowerCase().includes(wanted)) {
      found.push(node)
    }
  }
  return found
}

/** A value as people read it: strings decoded, everything else as written. */
export function plainValue(tree: JsonTree, node: number): string {
  const source = sourceOf(tree, node)
  return tree.nodes.type[node] === 'string' ? decode(source) : source
}

/** What "copy" puts on the clipboard: the text of a string, JSON of two spaces' indentation otherwise. */
export function copyOf(tree: JsonTree, node: number): string {
  return isContainer(tree, node) ? format(tree, node) : plainValue(tree, node)
}

/** Formatted from the source, because numbers would lose digits through `JSON.parse`. */
function format(tree: JsonTree, root: number): string {
  const { nodes, text } = tree
  const end = nodes.next[root] ?? root + 1
  const base = nodes.depth[root] ?? 0
  const parts: string[] = []
  const open: number[] = []
  const closeBefore = (index: number): void => {
    while (open.length > 0 && (nodes.next[open.at(-1) ?? 0] ?? 0) <= index) {
      const container = open.pop() ?? 0
      const sign = nodes.type[container] === 'object' ? '}' : ']'
      const indentation = '  '.repeat((nodes.depth[container] ?? 0) - base)
      parts.push((nodes.members[container] ?? 0) > 0 ? `\n${indentation}${sign}` : sign)
    }
  }
  for (let index = root; index < end; index += 1) {
    closeBefore(index)
    if (index > root) {
      parts.push((nodes.position[index] ?? 0) > 0 ? ',\n' : '\n')
      parts.push('  '.repeat((nodes.depth[index] ?? 0) - base))
      const keyStart = nodes.keyStart[index] ?? -1
      if (keyStart >= 0) {
        parts.push(`${text.slice(keyStart, nodes.keyEnd[index])}: `)
      }
    }
    if (isContainer(tree, index)) {
      parts.push(nodes.type[index] === 'object' ? '{' : '[')
      open.push(index)
    } else {
      parts.push(sourceOf(tree, index))
    }
  }
  closeBefore(end)
  return parts.join('')
}
