import { IconFold, IconFoldDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/format/use-format.ts'
import { CopyButton, IconButton } from '../../../ui/icon-button.tsx'
import { CutNotice } from '../detail/cut-notice.tsx'
import type { WholeValue } from '../detail/use-whole-value.ts'
import { VirtualText } from '../text/virtual-text.tsx'
import { JsonTreeView } from './json-tree-view.tsx'
import type { JsonTree } from './json-tree.ts'
import classes from './json.module.css'
import { useJsonTree } from './use-json-tree.ts'

export interface JsonSectionProps {
  title: string
  /** First word of every path, such as `data`. */
  root: string
  whole: WholeValue
  /** Null when the text is not JSON. */
  tree: JsonTree | null
  /** What is searched for. */
  words: string
  /** The match to open up to; null when it is elsewhere. */
  target: number | null
}

/** One value of a job under its title: a tree when it is JSON, the text as it is when it is not. */
export function JsonSection({ tree, ...props }: JsonSectionProps) {
  return tree === null ? <TextSection {...props} /> : <TreeSection {...props} tree={tree} />
}

function TreeSection(props: JsonSectionProps & { tree: JsonTree }) {
  const { title, root, tree, whole, words } = props
  const { t } = useTranslation('jobs')
  const state = useJsonTree(tree, props.target)
  return (
    <section className={classes.section} aria-label={title}>
      <SectionHeader title={title} whole={whole}>
        <IconButton label={t('data.expandAll')} icon={IconFoldDown} onPress={state.openAll} />
        <IconButton label={t('data.collapseAll')} icon={IconFold} onPress={state.closeAll} />
      </SectionHeader>
      <JsonTreeView label={title} root={root} tree={tree} state={state} words={words} />
      <CutNotice whole={whole} />
    </section>
  )
}

function TextSection({ title, whole }: Omit<JsonSectionProps, 'tree'>) {
  const { t } = useTranslation('jobs')
  return (
    <section className={classes.section} aria-label={title}>
      <SectionHeader title={title} whole={whole}>
        {whole.value.text === '' ? null : <span className={classes.plain}>{t('data.text')}</span>}
      </SectionHeader>
      {whole.value.text === '' ? null : <VirtualText label={title} text={whole.value.text} />}
      <CutNotice whole={whole} />
    </section>
  )
}

interface SectionHeaderProps {
  title: string
  whole: WholeValue
  children: React.ReactNode
}

function SectionHeader({ title, whole, children }: SectionHeaderProps) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  return (
    <header className={classes.header}>
      <h3 className={classes.title}>{title}</h3>
      <span className={classes.size}>{format.bytes(whole.value.size)}</span>
      <span className={classes.tools}>
        {children}
        <CopyButton label={t('data.copyAll')} text={() => whole.value.text} />
      </span>
    </header>
  )
}
