import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import {
  IconBell,
  IconBellOff,
  IconCircleCheck,
  IconListDetails,
  IconPencil,
  IconRotate,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FailureGroupDetail, FailureStatus } from '#shared/contract/failures.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { DetailPane } from '../../../ui/detail-pane.tsx'
import { ErrorState, LoadingRows, StaleBanner } from '../../../ui/states.tsx'
import { visibleText } from '../../jobs/text/visible-text.ts'
import classes from '../failures.module.css'
import { GroupBadges } from '../group-badges.tsx'
import { GroupName } from '../group-name.tsx'
import type { Listing } from '../search.ts'
import { TrendChart } from '../trend-chart.tsx'
import { useFailureGroup } from '../use-failures.ts'
import { GroupFacts } from './group-facts.tsx'
import { GroupParts } from './group-parts.tsx'
import { GroupNote } from './group-note.tsx'
import { Sample } from './sample.tsx'

interface GroupPaneProps {
  environment: string
  group: string
  window: Listing['window']
  onStatus: (status: FailureStatus) => void
  onEdit: (group: FailureGroupDetail) => void
  /** Opens another group in its place. */
  onOpen: (group: string) => void
  onClose: () => void
}

/** One group of failures: how often and where, what was noted of it, and a sample. */
export function GroupPane(props: GroupPaneProps) {
  const { environment, group, window, onClose } = props
  const { data, error, isFetching, refetch, dataUpdatedAt } = useFailureGroup(
    environment,
    group,
    window,
  )
  if (data === undefined) {
    return (
      <DetailPane title={group} onClose={onClose}>
        {error === null ? (
          <LoadingRows rows={10} />
        ) : (
          <ErrorState error={error} retrying={isFetching} onRetry={() => void refetch()} />
        )}
      </DetailPane>
    )
  }
  return (
    <DetailPane
      title={<GroupName group={data} />}
      subtitle={<Subtitle group={data} />}
      onClose={onClose}
    >
      {error === null ? null : (
        <StaleBanner since={dataUpdatedAt} error={error} onRetry={() => void refetch()} />
      )}
      <Actions {...props} data={data} />
      {isTold(data) ? null : (
        <p className={classes.paneMessage}>
          <GroupName group={{ ...data, name: null }} />
        </p>
      )}
      <div className={classes.paneTrend}>
        <TrendChart trend={data.trend} window={window} count={data.count} at={dataUpdatedAt} />
      </div>
      <GroupFacts group={data} window={window} />
      <GroupNote group={data} onEdit={() => props.onEdit(data)} />
      <Sample environment={environment} group={data} />
      <GroupParts environment={environment} group={data} onOpen={props.onOpen} />
    </DetailPane>
  )
}

/** Whether the title says all of a group's class and message. */
function isTold({ name, errorClass, message }: FailureGroupDetail): boolean {
  return name === null && (errorClass?.length ?? 0) + message.length < 64
}

function Subtitle({ group }: { group: FailureGroupDetail }) {
  const { t } = useTranslation('failures')
  return (
    <>
      <GroupBadges group={group} />
      {group.frame === null ? null : <span className="mono">{visibleText(group.frame)}</span>}
      <CopyText text={group.id} what={t('id')} />
    </>
  )
}

function Actions(props: GroupPaneProps & { data: FailureGroupDetail }) {
  const { environment, data, onStatus, onEdit } = props
  const { t } = useTranslation('failures')
  const { status } = data
  return (
    <div className={classes.paneActions}>
      <Button
        leftSection={<IconListDetails size={14} aria-hidden />}
        renderRoot={(root) => (
          <Link
            {...root}
            to="/e/$environment/jobs"
            params={{ environment }}
            search={{ filter: `group:${data.id} state:failed` }}
          />
        )}
      >
        {t('showJobs')}
      </Button>
      {status === 'resolved' ? (
        <Button
          variant="default"
          leftSection={<IconRotate size={14} aria-hidden />}
          onClick={() => onStatus('open')}
        >
          {t('reopen')}
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconCircleCheck size={14} aria-hidden />}
          onClick={() => onStatus('resolved')}
        >
          {t('resolve')}
        </Button>
      )}
      {status === 'muted' ? (
        <Button
          variant="default"
          leftSection={<IconBell size={14} aria-hidden />}
          onClick={() => onStatus('open')}
        >
          {t('unmute')}
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconBellOff size={14} aria-hidden />}
          onClick={() => onStatus('muted')}
        >
          {t('mute')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden />}
        onClick={() => onEdit(data)}
      >
        {t('edit')}
      </Button>
    </div>
  )
}
