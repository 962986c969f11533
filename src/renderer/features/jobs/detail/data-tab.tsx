import { useMemo } from 'react'
import { IconBraces } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { JobDetail, JobValue } from '#shared/contract/jobs.ts'
import { EmptyState } from '../../../ui/states.tsx'
import { FindBar } from '../json/find-bar.tsx'
import { JsonSection } from '../json/json-section.tsx'
import { readTree, type JsonTree } from '../json/json-tree.ts'
import { useJsonFind } from '../json/use-json-find.ts'
import classes from './detail.module.css'
import type { JobAddress } from './use-job-detail.ts'
import { useWholeValue, type WholeValue } from './use-whole-value.ts'

interface DataTabProps {
  job: JobDetail
  address: JobAddress
}

const absent: JobValue = { size: 0, text: '', cut: false }

/** A job's data, result and progress, each as a tree, searched together. */
export function DataTab({ job, address }: DataTabProps) {
  const { t } = useTranslation('jobs')
  const data = useWholeValue(address, 'data', job.data ?? absent)
  const result = useWholeValue(address, 'returnvalue', job.result ?? absent)
  const progress = useWholeValue(address, 'progress', job.progressValue ?? absent)
  const dataTree = useTree(data)
  const resultTree = useTree(result)
  const progressTree = useTree(progress)
  const trees = useMemo(
    () => [dataTree, resultTree, progressTree],
    [dataTree, resultTree, progressTree],
  )
  const find = useJsonFind(trees)
  const sections = [
    { title: t('data.data'), root: 'data', whole: data, shown: job.data !== null },
    { title: t('data.result'), root: 'result', whole: result, shown: job.result !== null },
    {
      title: t('data.progress'),
      root: 'progress',
      whole: progress,
      // A plain percentage is in the summary.
      shown: job.progressValue !== null && typeof job.progress !== 'number',
    },
  ]
  if (!sections.some(({ shown }) => shown)) {
    return <EmptyState icon={IconBraces} title={t('data.noData')} />
  }
  return (
    <>
      <FindBar
        label={t('data.find')}
        words={find.words}
        onWords={find.setWords}
        found={
          find.words.trim() === ''
            ? null
            : find.count === 0
              ? t('data.matchesNone')
              : t(find.most ? 'data.matchesMost' : 'data.matches', {
                  at: find.at + 1,
                  count: find.count,
                })
        }
        onNext={find.next}
        onPrevious={find.previous}
      />
      <div className={classes.sections}>
        {sections.map(({ title, root, whole, shown }, index) =>
          shown ? (
            <JsonSection
              key={root}
              title={title}
              root={root}
              whole={whole}
              tree={trees[index] ?? null}
              words={find.wanted}
              target={find.targetOf(index)}
            />
          ) : null,
        )}
      </div>
    </>
  )
}

function useTree({ value }: WholeValue): JsonTree | null {
  const { text, cut } = value
  return useMemo(() => (text === '' ? null : readTree(text, cut)), [text, cut])
}
