import { IconFilter, IconStack2 } from '@tabler/icons-react'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { readFilter } from '../../features/jobs/filter/read-filter.ts'
import { stateLooks } from '../../features/jobs/state/state-look.ts'
import { orpc } from '../../lib/client/index.ts'
import { type Command, type CommandGroup, useAllCommands } from '../../lib/commands/index.ts'
import { useQueueList } from '../../lib/queues.ts'
import { score } from './score.ts'

export interface Entry {
  id: string
  label: string
  /** At the end of the line: where it is, in which state. */
  detail?: string
  icon?: Command['icon']
  /** Why it cannot be done now; running it says so in full. */
  refused?: string
  shortcut?: string
  run: () => void
}

export interface Section {
  title: string
  entries: Entry[]
}

const mostQueues = 8
const mostCommands = 12

/** What the palette offers for `text`: jobs with that id, queues and commands. */
export function useEntries(environment: string | undefined, text: string, id: string) {
  const { t } = useTranslation(['frame', 'common', 'ui', 'jobSearch'])
  const navigate = useNavigate()
  const { data: list } = useQueueList(environment)
  const found = useQuery(
    orpc.jobs.find.queryOptions({
      input: environment === undefined || id === '' ? skipToken : { environment, id },
      staleTime: 2_000,
    }),
  )
  const all = useAllCommands()
  const params = { environment: environment ?? '' }

  const jobs: Entry[] = (id === '' ? [] : (found.data ?? [])).map((job) => ({
    id: `job:${job.queue}:${job.id}`,
    label: `${job.id}  ${job.name}`,
    detail: `${job.queue} · ${t(`common:state.${job.state}`)}`,
    icon: stateLooks[job.state].icon,
    run: () =>
      void navigate({
        to: '/e/$environment/jobs',
        params,
        search: {
          queue: job.queue,
          job: job.id,
          ...(job.state === 'unknown' ? {} : { state: job.state }),
        },
      }),
  }))

  const queues: Entry[] = best(list?.queues ?? [], text, ({ name }) => name, mostQueues).map(
    (queue) => ({
      id: `queue:${queue.name}`,
      label: queue.name,
      icon: IconStack2,
      ...(queue.counts.failed === 0 ? {} : { detail: t('failed', { count: queue.counts.failed }) }),
      run: () =>
        void navigate({ to: '/e/$environment/jobs', params, search: { queue: queue.name } }),
    }),
  )

  const filter: Entry[] =
    environment === undefined || !isFilter(text)
      ? []
      : [
          {
            id: 'filter',
            label: t('jobSearch:palette.filter', { filter: text.trim() }),
            icon: IconFilter,
            run: () =>
              void navigate({
                to: '/e/$environment/jobs',
                params,
                search: { filter: text.trim() },
              }),
          },
        ]

  const commands = best(
    all.filter(
      ({ hidden, passive, enabled }) => hidden !== true && passive !== true && enabled !== false,
    ),
    text,
    ({ label, keywords }) => `${label} ${keywords ?? ''}`,
    mostCommands,
  ).map(({ refused, detail, ...command }) => ({
    ...command,
    ...(detail === undefined ? {} : { detail }),
    ...(refused === undefined ? {} : { refused, detail: refused }),
  }))
  const ofGroups = (wanted: readonly CommandGroup[]): Section[] =>
    wanted.map((group) => ({
      title: t(`ui:group.${group}`),
      entries: commands.filter((command) => command.group === group),
    }))
  const queueSection = { title: t('palette.queues'), entries: queues }

  const sections: Section[] = [
    { title: t('common:page.jobs'), entries: filter },
    { title: t('palette.jobs'), entries: jobs },
    ...(text === '' ? [] : [queueSection]),
    ...ofGroups(['job', 'list', 'page', 'navigation', 'environment']),
    ...(text === '' ? [queueSection] : []),
    ...ofGroups(['settings', 'help']),
  ]
  return {
    sections: sections.filter(({ entries }) => entries.length > 0),
    finding: id !== '' && found.isFetching && found.data === undefined,
  }
}

/** Whether it says more than words, which could be anything: a field, or a text in quotes. */
function isFilter(text: string): boolean {
  const { conditions, problems } = readFilter(text)
  return (
    problems.length === 0 &&
    conditions.some((condition) => condition.field !== 'text' || condition.match === 'exact')
  )
}

function best<Item>(
  items: readonly Item[],
  text: string,
  words: (item: Item) => string,
  most: number,
): Item[] {
  return items
    .map((item, index) => ({ item, index, score: score(words(item), text) }))
    .filter((candidate) => candidate.score > 0)
    .sort((left, right) => right.score - left.score || left.index - right.index)
    .slice(0, most)
    .map(({ item }) => item)
}
