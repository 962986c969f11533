import { UnstyledButton } from '@mantine/core'
import {
  IconBug,
  IconDatabase,
  IconHistory,
  IconKeyboard,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconListDetails,
  IconServer2,
  IconSettings,
  IconStack2,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { useAway, useOfEnvironments } from '../../lib/environments.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { useLayout } from '../../lib/layout.ts'
import { useQueueList } from '../../lib/queues.ts'
import { Hint } from '../../ui/hint.tsx'
import classes from './navigation.module.css'
import { openHelp } from './overlays.ts'
import { useNarrow } from './use-narrow.ts'

interface Item {
  to:
    | '/e/$environment/queues'
    | '/e/$environment/jobs'
    | '/e/$environment/failures'
    | '/e/$environment/audit'
    | '/e/$environment/mirror'
    | '/environments'
    | '/settings'
  label: string
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  count?: { value: number; words: string; alarming: boolean } | undefined
}

/** The pages, with what is known of them: how many queues, how many failed jobs. */
export function Navigation({ environment }: { environment: string | undefined }) {
  const { t } = useTranslation(['frame', 'common'])
  const narrow = useNarrow()
  const foldedByHand = useLayout((layout) => layout.navigationFolded)
  const folded = narrow || foldedByHand
  const counts = useCounts(environment)
  const items: Item[] = [
    ...(environment === undefined
      ? []
      : ([
          {
            to: '/e/$environment/queues',
            label: t('common:page.queues'),
            icon: IconStack2,
            count: counts.queues,
          },
          {
            to: '/e/$environment/jobs',
            label: t('common:page.jobs'),
            icon: IconListDetails,
            count: counts.failed,
          },
          { to: '/e/$environment/failures', label: t('common:page.failures'), icon: IconBug },
          { to: '/e/$environment/audit', label: t('common:page.audit'), icon: IconHistory },
          { to: '/e/$environment/mirror', label: t('common:page.mirror'), icon: IconDatabase },
        ] as const)),
    {
      to: '/environments',
      label: t('common:page.environments'),
      icon: IconServer2,
      count: counts.away,
    },
    { to: '/settings', label: t('common:page.settings'), icon: IconSettings },
  ]
  return (
    <nav className={classes.root} data-folded={folded || undefined} aria-label={t('navigation')}>
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item.to}>
            <NavigationItem item={item} folded={folded} environment={environment ?? ''} />
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <Hint label={t('shortcuts')} keys="?" position="right">
          <UnstyledButton className={classes.tool} aria-label={t('shortcuts')} onClick={openHelp}>
            <IconKeyboard size={16} stroke={1.6} aria-hidden />
          </UnstyledButton>
        </Hint>
        {narrow ? null : (
          <Hint label={folded ? t('unfold') : t('fold')} position="right">
            <UnstyledButton
              className={classes.tool}
              aria-label={folded ? t('unfold') : t('fold')}
              aria-expanded={!folded}
              onClick={() => useLayout.setState({ navigationFolded: !foldedByHand })}
            >
              {folded ? (
                <IconLayoutSidebarLeftExpand size={16} stroke={1.6} aria-hidden />
              ) : (
                <IconLayoutSidebarLeftCollapse size={16} stroke={1.6} aria-hidden />
              )}
            </UnstyledButton>
          </Hint>
        )}
      </div>
    </nav>
  )
}

function NavigationItem({
  item,
  folded,
  environment,
}: {
  item: Item
  folded: boolean
  environment: string
}) {
  const format = useFormat()
  const { icon: Icon, count, label } = item
  return (
    <Hint
      label={count === undefined ? label : `${label} · ${count.words}`}
      position="right"
      disabled={!folded}
    >
      <Link
        to={item.to}
        params={{ environment }}
        className={classes.item}
        activeProps={{ 'aria-current': 'page' }}
      >
        <Icon size={16} stroke={1.6} aria-hidden />
        <span className={classes.label}>{label}</span>
        {count === undefined || count.value === 0 ? null : (
          <span className={classes.count} data-alarming={count.alarming || undefined}>
            <span aria-hidden>{format.compact(count.value)}</span>
            <span className={classes.spoken}>{count.words}</span>
          </span>
        )}
      </Link>
    </Hint>
  )
}

function useCounts(
  environment: string | undefined,
): Partial<Record<'away' | 'queues' | 'failed', Item['count']>> {
  const { t } = useTranslation('frame')
  const { data, staleSince } = useQueueList(environment)
  const away = useOfEnvironments(
    (environments) =>
      environments.filter(
        ({ health }) => health.state === 'reconnecting' || health.state === 'refused',
      ).length,
  )
  const unread = useAway(environment ?? '')
  const counts = { away: { value: away, words: t('away', { count: away }), alarming: true } }
  if (data === undefined) return counts
  const failed = data.queues.reduce((sum, queue) => sum + queue.counts.failed, 0)
  return {
    ...counts,
    queues: {
      value: data.queues.length,
      words: t('queues', { count: data.queues.length }),
      alarming: false,
    },
    failed: {
      value: failed,
      words: t('failed', { count: failed }),
      alarming: staleSince === null && !unread,
    },
  }
}
