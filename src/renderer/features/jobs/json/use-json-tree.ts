import { useMemo, useState } from 'react'
import {
  allContainers,
  ancestorsOf,
  initiallyOpen,
  visibleNodes,
  type JsonTree,
} from './json-tree.ts'

interface TreeState {
  tree: JsonTree
  open: ReadonlySet<number>
  selected: number | null
  target: number | null
}

/**
 * Which containers are open and which value is selected. A new text starts anew; a new `target` is
 * opened up to and selected.
 */
export function useJsonTree(tree: JsonTree, target: number | null) {
  const [kept, setState] = useState<TreeState>(() => start(tree))
  let state = kept
  if (state.tree !== tree) {
    state = start(tree)
  }
  if (state.target !== target) {
    state =
      target === null
        ? { ...state, target }
        : {
            ...state,
            target,
            selected: target,
            open: new Set([...state.open, ...ancestorsOf(tree, target)]),
          }
  }
  if (state !== kept) {
    setState(state)
  }
  const { open, selected } = state
  const visible = useMemo(() => visibleNodes(tree, open), [tree, open])
  return {
    open,
    selected,
    visible,
    select: (node: number | null) => setState((before) => ({ ...before, selected: node })),
    toggle: (node: number) =>
      setState((before) => {
        const next = new Set(before.open)
        if (!next.delete(node)) next.add(node)
        return { ...before, open: next }
      }),
    openAll: () => setState((before) => ({ ...before, open: allContainers(tree) })),
    closeAll: () => setState((before) => ({ ...before, open: new Set([0]) })),
  }
}

function start(tree: JsonTree): TreeState {
  return { tree, open: initiallyOpen(tree), selected: null, target: null }
}
