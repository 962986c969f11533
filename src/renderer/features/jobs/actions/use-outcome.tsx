import { ORPCError } from '@orpc/client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { JobAction } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { toastFailure, toastSuccess } from '../../../lib/toast.tsx'
import { visibleText } from '../text/visible-text.ts'

interface Outcome {
  state: JobState | 'removed' | 'unknown'
  audit: { outcome: number | null }
}

interface ActionAddress {
  environment: string
  queue: string
  job: string
  action: JobAction
}

/** The job moved on while one decided: there is nothing left to confirm. */
const overtaken = new Set(['JOB_STATE_CHANGED', 'JOB_NOT_FOUND', 'JOB_ACTIVE'])

/** Says what came of an action and brings what is on screen up to date. */
export function useOutcome({ environment, queue, job, action }: ActionAddress) {
  const { t } = useTranslation(['jobs', 'common'])
  const describe = useDescribeError()
  const cache = useQueryClient()
  const router = useRouter()
  const shown = visibleText(job)
  // Toasts stand outside the router's tree, so the link is an ordinary one.
  const { href } = router.buildLocation({
    to: '/e/$environment/audit',
    params: { environment },
    search: { queue, job },
  })

  const refresh = () => {
    const input = { environment, queue, job }
    void cache.invalidateQueries({ queryKey: orpc.jobs.get.key({ input }) })
    void cache.invalidateQueries({ queryKey: orpc.jobs.raw.key({ input }) })
    void cache.invalidateQueries({ queryKey: orpc.audit.list.key() })
  }

  return {
    succeeded: ({ state, audit }: Outcome) => {
      toastSuccess({
        title: t(action === 'retry' ? 'action.retried' : 'action.removed', { job: shown }),
        message: (
          <>
            {action === 'retry' && state !== 'unknown'
              ? `${t('action.retriedTo', { state: t(`common:state.${state}`) })} `
              : null}
            {audit.outcome === null ? `${t('action.auditLate')} ` : null}
            <a href={router.history.createHref(href)}>{t('action.seeAudit')}</a>
          </>
        ),
      })
      if (action === 'retry') {
        refresh()
      } else {
        void cache.invalidateQueries({ queryKey: orpc.audit.list.key() })
      }
    },
    /** True when the dialog has nothing more to say. */
    failed: (error: unknown): boolean => {
      const conflict = error instanceof ORPCError && overtaken.has(String(error.code))
      if (conflict) {
        const { detail, next } = describe(error)
        toastFailure({
          title: t(action === 'retry' ? 'action.retryFailed' : 'action.removeFailed', {
            job: shown,
          }),
          message: `${detail} ${next}`,
        })
      }
      refresh()
      return conflict
    },
  }
}
