import { Button } from '@mantine/core'
import { IconArrowMerge, IconArrowsSplit2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureGroupDetail } from '#shared/contract/failures.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { Count } from '../../../ui/figures.tsx'
import { visibleText } from '../../jobs/text/visible-text.ts'
import classes from '../failures.module.css'
import { GroupName } from '../group-name.tsx'
import { Place } from '../places.tsx'
import { useFailureChanges } from '../use-failures.ts'
import { Section } from './section.tsx'

interface GroupPartsProps {
  environment: string
  group: FailureGroupDetail
  /** Opens the group that has taken the place of this one. */
  onOpen: (group: string) => void
}

/** What a group is made of: messages, places, users, and the groups that were merged into it. */
export function GroupParts({ environment, group, onOpen }: GroupPartsProps) {
  const { t } = useTranslation('failures')
  const { update, unmerge, busy } = useFailureChanges()
  const { id, split, splitFrom, messages, allQueues, topUsers, parts } = group
  const base = splitFrom ?? id
  const apart = split || splitFrom !== null
  return (
    <>
      <Section
        title={t('messages.title')}
        action={
          <Button
            variant="subtle"
            size="compact-sm"
            loading={busy}
            leftSection={
              apart ? (
                <IconArrowMerge size={14} aria-hidden />
              ) : (
                <IconArrowsSplit2 size={14} aria-hidden />
              )
            }
            onClick={() =>
              update(
                { environment, group: base, split: !apart },
                { onSuccess: ({ id }) => onOpen(id) },
              )
            }
          >
            {apart ? t('messages.join') : t('messages.split')}
          </Button>
        }
      >
        <Shares
          none={t('messages.none')}
          total={group.count}
          rows={messages.map(({ message, count }) => ({
            key: message,
            count,
            what: <span className={classes.said}>{visibleText(message)}</span>,
          }))}
        />
      </Section>
      <Section title={t('parts.places', { count: allQueues.length })}>
        <Shares
          none={t('parts.noPlaces')}
          total={group.count}
          rows={allQueues.map(({ queue, name, count }) => ({
            key: `${queue} ${name}`,
            count,
            what: <Place queue={queue} name={name} />,
          }))}
        />
      </Section>
      {topUsers.length === 0 ? null : (
        <Section title={t('parts.users')}>
          <Shares
            none=""
            total={group.count}
            rows={topUsers.map(({ user, count }) => ({
              key: user,
              count,
              what: <bdi className="mono">{visibleText(user)}</bdi>,
            }))}
          />
        </Section>
      )}
      {parts.length === 0 ? null : (
        <Section title={t('parts.merged', { count: parts.length })}>
          {parts.map((part) => (
            <div key={part.id} className={classes.mergedRow}>
              <span className={classes.mergedWhat}>
                {part.message === null ? (
                  <CopyText text={part.id} what={t('id')} />
                ) : (
                  <GroupName group={{ ...part, message: part.message }} />
                )}
              </span>
              <Count value={part.count} />
              <Button
                variant="subtle"
                size="compact-sm"
                loading={busy}
                onClick={() => unmerge({ environment, group: id, groups: [part.id] })}
              >
                {t('parts.unmerge')}
              </Button>
            </div>
          ))}
        </Section>
      )}
    </>
  )
}

interface SharesProps {
  rows: readonly { key: string; what: ReactNode; count: number }[]
  total: number
  /** Said where there are no rows. */
  none: string
}

/** Rows with a bar for their share of all. */
function Shares({ rows, total, none }: SharesProps) {
  if (rows.length === 0) return <p className="dim">{none}</p>
  return (
    <ul className={classes.shares}>
      {rows.map(({ key, what, count }) => (
        <li key={key} className={classes.shareRow}>
          <span className={classes.shareWhat}>{what}</span>
          <span className={classes.shareBar} aria-hidden>
            <span style={{ width: `${total === 0 ? 0 : Math.min(100, (count / total) * 100)}%` }} />
          </span>
          <Count value={count} />
        </li>
      ))}
    </ul>
  )
}
