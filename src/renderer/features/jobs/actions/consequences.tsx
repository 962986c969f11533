import { useTranslation } from 'react-i18next'
import type { JobPreview } from '#shared/contract/jobs.ts'
import { StateBadge } from '../state/state-badge.tsx'
import classes from './actions.module.css'

/** What an action would do, in sentences made of the console's own preview. */
export function Consequences({ preview }: { preview: JobPreview }) {
  const { t } = useTranslation(['jobs', 'common'])
  return (
    <div className={classes.consequences}>
      <div className={classes.change}>
        <StateBadge state={preview.state} />
        <span aria-hidden>→</span>
        {preview.target === null ? (
          <span className={classes.removed}>{t('common:state.removed')}</span>
        ) : (
          <StateBadge state={preview.target} />
        )}
      </div>
      {sentences(preview, t).map((sentence) => (
        <div key={sentence} className={classes.sentence}>
          {sentence}
        </div>
      ))}
    </div>
  )
}

type Words = ReturnType<typeof useTranslation<['jobs', 'common']>>['t']

function sentences(preview: JobPreview, t: Words): string[] {
  if (preview.action === 'remove') {
    return [
      t('action.removeText'),
      ...(preview.children > 0 ? [t('action.removeChildren', { count: preview.children })] : []),
    ]
  }
  const { attemptsMade: made, attemptsAllowed: allowed } = preview
  return [
    whereTo(preview, t),
    ...(preview.state === 'completed' ? [t('action.completedAgain')] : []),
    made >= allowed
      ? t('action.exhausted', { count: allowed })
      : t('action.left', { made, allowed }),
    ...(preview.paused ? [t('action.pausedWaits')] : []),
  ]
}

function whereTo({ target }: JobPreview, t: Words): string {
  if (target === 'waiting') return t('action.toWaiting')
  if (target === 'prioritized') return t('action.toPrioritized')
  if (target === 'waiting-children') return t('action.toWaitingChildren')
  return target === null ? '' : t('action.toOther', { state: t(`common:state.${target}`) })
}
