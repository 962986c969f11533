import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobState } from '#shared/domain/job-state.ts'
import type { Column } from '../../../ui/table/index.ts'
import { type ColumnName, sortOf } from './columns.ts'
import { idWidth } from './id-width.ts'
import {
  AttemptsCell,
  ErrorCell,
  InstantCell,
  isKept,
  KeptCell,
  NumberCell,
  ProgressCell,
  RunningCell,
  SpanCell,
  StateCell,
  TextCell,
  WhenCell,
} from './job-cells.tsx'
import type { ListedJob } from './loaded-rows.ts'

interface JobColumnOptions {
  names: readonly ColumnName[]
  /** The one state that is listed; null for several. */
  state: JobState | null
  /** The one queue that is listed; null for several. */
  queue: string | null
  /** Characters of the longest id. */
  longestId: number
  /** They were chosen: none is left out where there is little room. */
  chosen: boolean
}

type Look = Omit<Column<ListedJob>, 'id' | 'header' | 'cell' | 'sortable'>

/** Widths in pixels; those with `hideBelow` go first where there is little room. */
const looks: Record<ColumnName, Look> = {
  queue: { width: 116, grow: 0.5 },
  id: { width: 96, grow: 0.4 },
  name: { width: 144, grow: 1 },
  state: { width: 136 },
  when: { width: 104, sortFirst: 'descending' },
  error: { width: 160, grow: 3 },
  attempts: { width: 80, align: 'end', hideBelow: 640, sortFirst: 'descending' },
  duration: { width: 92, align: 'end', hideBelow: 760, sortFirst: 'descending' },
  wait: { width: 92, align: 'end', hideBelow: 860, sortFirst: 'descending' },
  running: { width: 92, align: 'end' },
  progress: { width: 132, hideBelow: 560 },
  priority: { width: 84, align: 'end' },
  added: { width: 104, sortFirst: 'descending' },
  started: { width: 104, sortFirst: 'descending' },
  finished: { width: 104, sortFirst: 'descending' },
  user: { width: 110, grow: 0.4 },
  brand: { width: 96, grow: 0.4 },
  provider: { width: 96, grow: 0.4 },
  model: { width: 110, grow: 0.4 },
  variant: { width: 96, grow: 0.4 },
  cost: { width: 96, align: 'end', sortFirst: 'descending' },
  memory: { width: 96, align: 'end', sortFirst: 'descending' },
  tokens: { width: 84, align: 'end', sortFirst: 'descending' },
  reported: { width: 104, align: 'end' },
  checkpoint: { width: 110, grow: 0.4 },
  scheduler: { width: 110, grow: 0.4, hideBelow: 980 },
  parent: { width: 110, grow: 0.4, hideBelow: 1080 },
}

/** The header of a column, as the chooser names it too. */
export function useColumnNames(): (name: ColumnName, state: JobState | null) => string {
  const { t } = useTranslation(['jobs', 'jobSearch'])
  return (name, state) => {
    switch (name) {
      case 'when':
        return state === null ? t('jobSearch:column.when') : t(`column.when.${state}`)
      case 'id':
      case 'name':
      case 'wait':
      case 'duration':
      case 'running':
      case 'attempts':
      case 'progress':
      case 'priority':
      case 'error':
      case 'scheduler':
      case 'parent':
        return t(`column.${name}`)
      default:
        return t(`jobSearch:column.${name}`)
    }
  }
}

/** Columns of the jobs page for the table, and ids of so many characters. */
export function useJobColumns(options: JobColumnOptions): readonly Column<ListedJob>[] {
  const { names, state, queue, longestId, chosen } = options
  const { t } = useTranslation('jobs')
  const nameOf = useColumnNames()
  // Beside the queue there is less room for it.
  const widthOfId = Math.min(idWidth(longestId), queue === null ? 120 : Infinity)
  return useMemo(() => {
    const hints: Partial<Record<ColumnName, string>> = {
      wait: t('hint.wait'),
      duration: t('hint.duration'),
      running: t('hint.running'),
      ...(state === 'failed' ? {} : { error: t('hint.lastError') }),
    }
    // Beside queue and state there is less room for the rest.
    const more = (['queue', 'state'] as const)
      .filter((name) => names.includes(name))
      .reduce((sum, name) => sum + looks[name].width, 0)
    return names.map((name, index): Column<ListedJob> => {
      const { hideBelow, ...look } = looks[name]
      const hint = hints[name]
      return {
        ...look,
        ...(name === 'id' ? { width: widthOfId } : {}),
        ...(hideBelow === undefined || chosen ? {} : { hideBelow: hideBelow + more }),
        ...(hint === undefined ? {} : { hint }),
        id: name,
        header: nameOf(name, state),
        sortable: sortOf[name] !== undefined,
        cell: (job) => {
          const cell = cellOf(name, job, state, queue)
          return index === 0 && isKept(job) ? <KeptCell>{cell}</KeptCell> : cell
        },
      }
    })
    // The names change with the language, as `t` does.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [names, state, queue, t, widthOfId, chosen])
}

function cellOf(
  name: ColumnName,
  job: ListedJob,
  state: JobState | null,
  queue: string | null,
): ReactNode {
  switch (name) {
    case 'queue':
      return <TextCell text={job.queue ?? queue} />
    case 'id':
      return <TextCell text={job.id} mono />
    case 'name':
      return <TextCell text={job.name} />
    case 'state':
      return <StateCell job={job} />
    case 'when':
      return <WhenCell job={job} at={whenOf(job, state)} />
    case 'error':
      return <ErrorCell job={job} />
    case 'attempts':
      return <AttemptsCell job={job} />
    case 'duration':
    case 'wait':
      return <SpanCell value={job[name]} />
    case 'running':
      return <RunningCell startedAt={job.state === 'active' ? job.startedAt : null} />
    case 'progress':
      return <ProgressCell job={job} />
    case 'priority':
      return <span className="tabular">{job.priority}</span>
    case 'added':
      return <InstantCell at={job.addedAt} />
    case 'started':
      return <InstantCell at={job.startedAt} />
    case 'finished':
      return <InstantCell at={job.finishedAt} />
    case 'cost':
      return <NumberCell value={job.cost} unit="$" />
    case 'memory':
      return <NumberCell value={job.memory} unit="MB" />
    case 'tokens':
      return <NumberCell value={job.tokens} />
    case 'reported':
      return <SpanCell value={job.reported ?? null} />
    case 'parent':
      return job.parent === null ? null : (
        <TextCell text={`${job.parent.queue} ${job.parent.job}`} mono />
      )
    case 'scheduler':
      return job.scheduler === null ? null : <TextCell text={job.scheduler} />
    default:
      return <TextCell text={job[name]} />
  }
}

function whenOf(job: ListedJob, state: JobState | null): number | null {
  if (state === null) return job.at ?? job.finishedAt ?? job.startedAt ?? job.addedAt
  if (state === 'active') return job.startedAt
  if (state === 'delayed') return job.dueAt
  return state === 'failed' || state === 'completed' ? job.finishedAt : job.addedAt
}
