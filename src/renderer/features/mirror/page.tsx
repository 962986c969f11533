import { Button } from '@mantine/core'
import {
  IconAdjustments,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefreshAlert,
} from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import { useNow } from '../../lib/clock.ts'
import { useCommands } from '../../lib/commands/index.ts'
import { useMirror } from '../../lib/mirror.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { ErrorState, LoadingRows, StaleBanner } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { MirrorNotice } from './mirror-notice.tsx'
import { RebuildDialog } from './rebuild-dialog.tsx'
import type { MirrorTab } from './search.ts'
import { SettingsTab } from './settings/settings-tab.tsx'
import { StatusTab } from './status-tab.tsx'
import { useMirrorActions } from './use-mirror-actions.ts'
import { useMirrorWords } from './use-mirror-words.ts'

const route = getRouteApi('/e/$environment/mirror')

/** Which rebuild is asked about: of the whole mirror, or of one queue. */
type Asked = { queue: string | null } | null

/** The local copy of an environment: what it holds, how far it is, and what it keeps of a job. */
export function MirrorPage() {
  const { t } = useTranslation('mirror')
  const { environment } = route.useParams()
  const { tab = 'status' } = route.useSearch()
  const navigate = route.useNavigate()
  const live = useMirror(environment)
  const [asked, setAsked] = useState<Asked>(null)
  const askQueue = useCallback((queue: string) => setAsked({ queue }), [])
  const { data: status } = live
  const ours = status !== undefined && status.state !== 'elsewhere'
  // Without Redis there is nothing to read anew, and what is kept would only be lost.
  const rebuildable = ours && status.state !== 'offline' && status.state !== 'off'
  const show = (next: MirrorTab) =>
    void navigate({ search: { tab: next === 'status' ? undefined : next }, replace: true })

  const body =
    status === undefined ? (
      live.pending ? (
        <LoadingRows />
      ) : (
        <ErrorState error={live.error} onRetry={live.retry} />
      )
    ) : (
      <StatusTab
        environment={environment}
        status={status}
        onRebuildQueue={rebuildable && status.state !== 'failed' ? askQueue : null}
      />
    )
  const settings = <SettingsTab key={environment} environment={environment} />

  return (
    <>
      <PageHeader
        title={t('title')}
        meta={status === undefined ? undefined : <State status={status} />}
        actions={
          ours ? (
            <Actions
              environment={environment}
              status={status}
              onRebuild={rebuildable ? () => setAsked({ queue: null }) : null}
              onSettings={() => show('settings')}
            />
          ) : undefined
        }
      />
      {status === undefined ? null : (
        <MirrorNotice status={status} onRebuild={() => setAsked({ queue: null })} />
      )}
      {live.staleSince === null ? null : (
        <StaleBanner since={live.staleSince} error={live.error} onRetry={live.retry} />
      )}
      <Tabs<MirrorTab>
        label={t('tabs.label')}
        value={tab}
        onChange={show}
        tabs={[
          {
            name: 'status',
            label: t('tabs.status'),
            content: () => body,
          },
          {
            name: 'settings',
            label: t('tabs.settings'),
            content: () => settings,
          },
        ]}
      />
      {asked === null ? null : (
        <RebuildDialog
          environment={environment}
          queue={asked.queue}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

function State({ status }: { status: MirrorStatus }) {
  const words = useMirrorWords()
  return <span className="tabular">{words.state(status, useNow())}</span>
}

interface ActionsProps {
  environment: string
  status: MirrorStatus
  /** Null while it cannot be done. */
  onRebuild: (() => void) | null
  onSettings: () => void
}

function Actions({ environment, status, onRebuild, onSettings }: ActionsProps) {
  const { t } = useTranslation('mirror')
  const { pause, resume, busy } = useMirrorActions(environment)
  const paused = status.state === 'paused'
  // What does not read cannot be held.
  const pausable = ['starting', 'backfilling', 'following'].includes(status.state)
  const toggle = paused ? resume : pause
  useCommands([
    {
      id: 'mirror.pause',
      label: t(paused ? 'command.resume' : 'command.pause'),
      group: 'page',
      icon: paused ? IconPlayerPlay : IconPlayerPause,
      shortcut: 'p',
      enabled: paused || pausable,
      run: toggle,
    },
    {
      id: 'mirror.rebuild',
      label: t('command.rebuild'),
      group: 'page',
      icon: IconRefreshAlert,
      enabled: onRebuild !== null,
      run: () => onRebuild?.(),
    },
    {
      id: 'mirror.settings',
      label: t('command.settings'),
      group: 'page',
      icon: IconAdjustments,
      run: onSettings,
    },
  ])
  return (
    <>
      {paused || pausable ? (
        <Button
          variant="default"
          leftSection={
            paused ? (
              <IconPlayerPlay size={14} aria-hidden />
            ) : (
              <IconPlayerPause size={14} aria-hidden />
            )
          }
          loading={busy}
          onClick={toggle}
        >
          {paused ? t('resume') : t('pause')}
        </Button>
      ) : null}
      {/* One that failed has it beside what is wrong. */}
      {status.state === 'failed' || onRebuild === null ? null : (
        <Button
          variant="default"
          leftSection={<IconRefreshAlert size={14} aria-hidden />}
          onClick={onRebuild}
        >
          {t('rebuild')}
        </Button>
      )}
    </>
  )
}
