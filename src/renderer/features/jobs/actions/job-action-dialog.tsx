import { Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobAction } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { client, orpc } from '../../../lib/client/index.ts'
import { useEnvironment } from '../../../lib/environments.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import { KindMark } from '../../environments/kind-mark.tsx'
import { useActionRefusal } from '../../environments/refusal/use-action-refusal.ts'
import { visibleText } from '../text/visible-text.ts'
import classes from './actions.module.css'
import { Consequences } from './consequences.tsx'
import { RefusedHere } from './refused-here.tsx'
import { Refusal } from './refusal.tsx'
import { useOutcome } from './use-outcome.tsx'

interface JobActionDialogProps {
  environment: string
  queue: string
  job: string
  action: JobAction
  /** It was done: the job is in `state` now. */
  onDone: () => void
  onClose: () => void
  fallbackFocus: () => HTMLElement | null
}

/**
 * Asks the console what the action would do, says it, and does it when confirmed. What the operator
 * saw is sent along, so that nothing happens to a job that has moved on meanwhile.
 */
export function JobActionDialog(props: JobActionDialogProps) {
  const { environment, queue, job, action, onClose } = props
  const { t } = useTranslation('jobs')
  const { kind, color, name = environment } = useEnvironment(environment) ?? {}
  const refusedHere = useActionRefusal(environment, action)
  const [resetAttempts, setResetAttempts] = useState(false)
  const address = { environment, queue, job }
  const preview = useQuery(
    orpc.jobs.preview.queryOptions({
      input: { ...address, action },
      staleTime: Infinity,
      gcTime: 0,
      retry: false,
    }),
  )
  // What stood against it may be gone: unlocked meanwhile, or connected again.
  const { refetch } = preview
  const because = refusedHere?.refusal.because ?? null
  const asked = useRef(because)
  useEffect(() => {
    if (because === null && asked.current !== null) void refetch()
    asked.current = because
  }, [because, refetch])
  const outcome = useOutcome({ environment, queue, job, action })
  const run = useMutation({
    mutationFn: async (reason: string | undefined) => {
      const expectedState = stateOf(preview.data?.state)
      return action === 'retry'
        ? client.jobs.retry({ ...address, expectedState, resetAttempts, reason })
        : client.jobs.remove({ ...address, expectedState, reason })
    },
    onSuccess: (done) => {
      outcome.succeeded(done)
      props.onDone()
    },
    onError: (error) => {
      if (outcome.failed(error)) {
        onClose()
      }
    },
  })
  const { data } = preview
  const refusal = data?.refusal ?? null
  const title = visibleText(job)

  return (
    <ConfirmDialog
      title={t(action === 'retry' ? 'action.retryTitle' : 'action.removeTitle', { job: title })}
      confirmLabel={t(action === 'retry' ? 'action.retryButton' : 'action.removeButton')}
      tone={action === 'remove' ? 'danger' : 'normal'}
      undoable={false}
      reason={kind === 'production' ? 'required' : 'optional'}
      asking={data === undefined}
      refused={
        refusedHere !== null ? (
          <RefusedHere refused={refusedHere} onClose={onClose} />
        ) : preview.error !== null ? (
          <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
        ) : refusal === null ? undefined : (
          <Refusal refusal={refusal} />
        )
      }
      pending={run.isPending}
      error={run.error}
      onConfirm={(reason) => run.mutate(reason)}
      onClose={onClose}
      fallbackFocus={props.fallbackFocus}
    >
      <p className={classes.where} data-color={color}>
        {t('action.where', { queue, environment: name })}{' '}
        {kind === undefined || color === undefined ? null : (
          <KindMark environment={{ kind, color }} />
        )}
      </p>
      {data === undefined ? (
        preview.error === null ? (
          <p className={classes.asking} role="status">
            {t('action.asking')}
          </p>
        ) : null
      ) : data.allowed ? (
        <>
          <Consequences preview={data} />
          {action === 'retry' && data.attemptsMade > 0 ? (
            <Checkbox
              className={classes.reset}
              size="sm"
              label={t('action.resetAttempts')}
              description={t('action.resetAttemptsHint', { count: data.attemptsAllowed })}
              checked={resetAttempts}
              onChange={({ currentTarget: { checked } }) => setResetAttempts(checked)}
            />
          ) : null}
        </>
      ) : null}
    </ConfirmDialog>
  )
}

function stateOf(state: JobState | 'unknown' | undefined): JobState | undefined {
  return state === 'unknown' ? undefined : state
}
