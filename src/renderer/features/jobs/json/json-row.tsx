import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Marked } from '../text/marked.tsx'
import { isContainer, keyOf, sourceLength, sourceOf, typeOf, type JsonTree } from './json-tree.ts'
import classes from './json.module.css'

interface JsonRowProps {
  id: string
  tree: JsonTree
  node: number
  top: number
  open: boolean
  selected: boolean
  words: string
  onSelect: () => void
  onToggle: () => void
}

/** Levels that are indented; deeper ones say how deep they are instead. */
const deepest = 24
/** Characters of a value on its row; the whole is shown when it is selected. */
const longestValue = 240

export function JsonRow({ tree, node, open, ...props }: JsonRowProps) {
  const depth = tree.nodes.depth[node] ?? 0
  const container = isContainer(tree, node)
  return (
    // The tree handles the keys of all its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={props.id}
      role="treeitem"
      className={classes.row}
      aria-level={depth + 1}
      aria-expanded={container ? open : undefined}
      aria-selected={props.selected}
      // Focus stays on the tree; this row is its active descendant.
      tabIndex={-1}
      style={{
        transform: `translateY(${props.top}px)`,
        paddingInlineStart: 8 + Math.min(depth, deepest) * 14,
      }}
      onClick={() => {
        props.onSelect()
        if (container) props.onToggle()
      }}
    >
      <span className={classes.chevron}>
        {!container ? null : open ? (
          <IconChevronDown size={12} stroke={2} aria-hidden />
        ) : (
          <IconChevronRight size={12} stroke={2} aria-hidden />
        )}
      </span>
      {depth > deepest ? <span className={classes.depth}>{depth}</span> : null}
      <Key tree={tree} node={node} words={props.words} />
      {container ? (
        <Members tree={tree} node={node} open={open} />
      ) : (
        <Value tree={tree} node={node} words={props.words} />
      )}
    </div>
  )
}

interface PartProps {
  tree: JsonTree
  node: number
  words: string
}

function Key({ tree, node, words }: PartProps) {
  const key = keyOf(tree, node)
  if (key === null) {
    return (tree.nodes.parent[node] ?? -1) < 0 ? null : (
      <span className={classes.index}>{tree.nodes.position[node] ?? 0}</span>
    )
  }
  return (
    <span className={classes.key}>
      <Marked text={key.slice(0, longestValue)} words={words} />
    </span>
  )
}

function Members({ tree, node, open }: { tree: JsonTree; node: number; open: boolean }) {
  const { t } = useTranslation('jobs')
  const count = tree.nodes.members[node] ?? 0
  const cut = !tree.complete && tree.nodes.end[node] === tree.text.length
  const [left, right] = typeOf(tree, node) === 'object' ? ['{', '}'] : ['[', ']']
  return (
    <span className={classes.brackets}>
      {open && count > 0 ? left : `${left}${count > 0 ? '…' : ''}${right}`}
      {count === 0 ? null : (
        <span className={classes.members}>
          {t(cut ? 'data.membersMore' : 'data.members', { count })}
        </span>
      )}
    </span>
  )
}

function Value({ tree, node, words }: PartProps) {
  const cut = sourceLength(tree, node) > longestValue
  return (
    <span className={classes.value} data-type={typeOf(tree, node)}>
      <Marked text={sourceOf(tree, node, longestValue)} words={words} />
      {cut ? <span className={classes.cutValue}>…</span> : null}
    </span>
  )
}
