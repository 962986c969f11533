import { Button, CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FailureGroup, FailureStatus } from '#shared/contract/failures.ts'
import { useCommands } from '../../lib/commands/index.ts'
import { StatusBar } from '../../ui/status-bar.tsx'

interface SelectionBarProps {
  groups: readonly FailureGroup[]
  onStatus: (status: FailureStatus) => void
  onMerge: () => void
  onClear: () => void
}

/** How many groups are selected and what can be done with them. Esc lets them go. */
export function SelectionBar({ groups, onStatus, onMerge, onClear }: SelectionBarProps) {
  const { t } = useTranslation('failures')
  const resolved = groups.every(({ status }) => status === 'resolved')
  const muted = groups.every(({ status }) => status === 'muted')
  useCommands([
    {
      id: 'failures.clear',
      label: t('clearSelection'),
      group: 'list',
      shortcut: 'Escape',
      hidden: true,
      run: onClear,
    },
  ])
  return (
    <StatusBar
      label={t('selection')}
      end={<CloseButton size="sm" aria-label={t('clearSelection')} onClick={onClear} />}
    >
      <strong className="tabular">{t('selected', { count: groups.length })}</strong>
      {groups.length > 1 ? (
        <Button size="compact-sm" onClick={onMerge}>
          {t('merge.ask', { count: groups.length })}
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onStatus(resolved ? 'open' : 'resolved')}
      >
        {resolved ? t('reopen') : t('resolve')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onStatus(muted ? 'open' : 'muted')}
      >
        {muted ? t('unmute') : t('mute')}
      </Button>
    </StatusBar>
  )
}
