import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCopy } from '../../../ui/copy-text.tsx'
import { JsonInspector } from './json-inspector.tsx'
import { JsonRow } from './json-row.tsx'
import { copyOf, isContainer, pathOf, type JsonTree } from './json-tree.ts'
import classes from './json.module.css'
import type { useJsonTree } from './use-json-tree.ts'

interface JsonTreeViewProps {
  /** What the tree is, for assistive technology. */
  label: string
  /** First word of every path, such as `data`. */
  root: string
  tree: JsonTree
  state: ReturnType<typeof useJsonTree>
  /** What is searched for. */
  words: string
}

const rowHeight = 22

/** JSON as a tree of any size: only the rows in view are in the document. */
export function JsonTreeView({ label, root, tree, state, words }: JsonTreeViewProps) {
  const { t } = useTranslation('jobs')
  const { copy } = useCopy()
  const id = useId()
  const [element, setElement] = useState<HTMLDivElement | null>(null)
  const { visible, open, selected } = state
  const place = selected === null ? -1 : visible.indexOf(selected)
  const virtualizer = useVirtualizer({
    count: visible.length,
    getScrollElement: () => element,
    estimateSize: () => rowHeight,
    overscan: 12,
  })

  useEffect(() => {
    if (place >= 0) {
      virtualizer.scrollToIndex(place)
    }
    // The virtualizer is one object for the life of the component.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [place, element])

  const go = (index: number) => {
    const node = visible[Math.max(0, Math.min(visible.length - 1, index))]
    if (node !== undefined) {
      state.select(node)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return
    }
    const node = selected ?? 0
    const isOpen = open.has(node)
    const actions: Record<string, () => void> = {
      ArrowDown: () => go(place + 1),
      ArrowUp: () => go(place - 1),
      Home: () => go(0),
      End: () => go(visible.length - 1),
      PageDown: () => go(place + 15),
      PageUp: () => go(place - 15),
      ArrowRight: () => {
        if (isContainer(tree, node) && !isOpen) state.toggle(node)
        else go(place + 1)
      },
      ArrowLeft: () => {
        const parent = tree.nodes.parent[node] ?? -1
        if (isContainer(tree, node) && isOpen) state.toggle(node)
        else if (parent >= 0) state.select(parent)
      },
      Enter: () => {
        if (isContainer(tree, node)) state.toggle(node)
      },
      ' ': () => {
        if (isContainer(tree, node)) state.toggle(node)
      },
      c: () => copy(copyOf(tree, node)),
      p: () => copy(pathOf(tree, node, root)),
    }
    const action = actions[event.key]
    if (action !== undefined) {
      event.preventDefault()
      action()
    }
  }

  return (
    <>
      <div
        ref={setElement}
        className={classes.tree}
        role="tree"
        aria-label={t('data.tree', { what: label })}
        aria-describedby={`${id}keys`}
        aria-activedescendant={selected === null ? undefined : `${id}${selected}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (selected === null) state.select(0)
        }}
      >
        <div
          className={classes.rows}
          role="presentation"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map((item) => {
            const node = visible[item.index] ?? 0
            return (
              <JsonRow
                key={node}
                id={`${id}${node}`}
                tree={tree}
                node={node}
                top={item.start}
                open={open.has(node)}
                selected={node === selected}
                words={words}
                onSelect={() => state.select(node)}
                onToggle={() => state.toggle(node)}
              />
            )
          })}
        </div>
      </div>
      <span id={`${id}keys`} hidden>
        {t('data.hintKeys')}
      </span>
      {selected === null ? null : <JsonInspector tree={tree} node={selected} root={root} />}
    </>
  )
}
