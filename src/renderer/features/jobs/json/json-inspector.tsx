import { IconBraces } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../../ui/icon-button.tsx'
import { VirtualText } from '../text/virtual-text.tsx'
import { visibleText } from '../text/visible-text.ts'
import {
  copyOf,
  isContainer,
  pathOf,
  plainValue,
  sourceLength,
  type JsonTree,
} from './json-tree.ts'
import classes from './json.module.css'

interface JsonInspectorProps {
  tree: JsonTree
  node: number
  root: string
}

/** Values that show whole on their row need no second place. */
const shortValue = 60

/** Path of the selected value with what to copy, and the whole of a long text. */
export function JsonInspector({ tree, node, root }: JsonInspectorProps) {
  const { t } = useTranslation('jobs')
  const text = pathOf(tree, node, root)
  const long = !isContainer(tree, node) && sourceLength(tree, node) > shortValue
  return (
    <div className={classes.inspector} role="group" aria-label={t('data.selected')}>
      <div className={classes.path}>
        <span className={classes.pathText} title={visibleText(text)}>
          {visibleText(text.length > 400 ? `…${text.slice(-400)}` : text)}
        </span>
        <CopyButton label={t('data.copyPath')} keys="P" icon={IconBraces} text={() => text} />
        <CopyButton label={t('data.copyValue')} keys="C" text={() => copyOf(tree, node)} />
      </div>
      {long ? <VirtualText label={t('data.wholeValue')} text={plainValue(tree, node)} /> : null}
    </div>
  )
}
