import { useDeferredValue, useMemo, useState } from 'react'
import { findNodes, mostMatches, type JsonTree } from './json-tree.ts'

/** Finds words in several trees at once, and walks through what was found. */
export function useJsonFind(trees: readonly (JsonTree | null)[]) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const wanted = useDeferredValue(words)
  const found = useMemo(
    () => trees.map((tree) => (tree === null ? [] : findNodes(tree, wanted.trim()))),
    [trees, wanted],
  )
  const count = found.reduce((sum, nodes) => sum + nodes.length, 0)
  const current = count === 0 ? 0 : at % count
  return {
    words,
    /** The words whose matches are counted; they follow `words`. */
    wanted: wanted.trim(),
    setWords: (next: string) => {
      setWords(next)
      setAt(0)
    },
    count,
    /** More than are counted. */
    most: found.some((nodes) => nodes.length === mostMatches),
    /** Place of the current match, from 0. */
    at: current,
    next: () => setAt(count === 0 ? 0 : (current + 1) % count),
    previous: () => setAt(count === 0 ? 0 : (current + count - 1) % count),
    /** The current match, when it is in this tree. */
    targetOf: (tree: number): number | null => {
      const before = found.slice(0, tree).reduce((sum, nodes) => sum + nodes.length, 0)
      return found[tree]?.[current - before] ?? null
    },
  }
}
