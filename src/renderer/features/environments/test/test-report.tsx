import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHandStop,
  IconLoader2,
} from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { type TestRun, type Verdict, verdictOf } from './run.ts'
import { StepLine } from './step-line.tsx'
import classes from './test.module.css'

interface TestReportProps {
  run: TestRun
  onTrust?: ((fingerprint: string) => void) | undefined
  /** The settings are no longer those that were tested. */
  outdated?: boolean
}

/** What a connection test has found so far, step by step, and what came of it. */
export function TestReport({ run, onTrust, outdated = false }: TestReportProps) {
  const { t } = useTranslation('environmentTest')
  const list = useRef<HTMLOListElement>(null)
  const verdict = verdictOf(run)
  const stopped = verdict.type === 'stopped'
  useEffect(() => {
    if (!stopped) return
    list.current?.querySelector('[data-status="failed"]')?.scrollIntoView({ block: 'nearest' })
  }, [stopped])
  return (
    <div className={classes.report}>
      <VerdictLine verdict={verdict} run={run} outdated={outdated} />
      <ol ref={list} className={classes.steps} aria-label={t('steps')}>
        {run.steps.map((step) => (
          <StepLine key={step.name} step={step} onTrust={onTrust} />
        ))}
      </ol>
    </div>
  )
}

interface VerdictLineProps {
  verdict: Verdict
  run: TestRun
  outdated: boolean
}

function VerdictLine({ verdict, run, outdated }: VerdictLineProps) {
  const { t } = useTranslation('environmentTest')
  const format = useFormat()
  const describe = useDescribeError()
  const { icon: Icon, tone } = look(verdict)
  return (
    <div role="status" className={classes.verdict} data-tone={tone}>
      <Icon size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <div>
        <strong>{words()}</strong>
        {verdict.type === 'passed' || verdict.type === 'stopped' ? (
          <span className={classes.took}>
            {' '}
            {t('took', { duration: format.duration(run.duration) })}
          </span>
        ) : null}
        {outdated ? <p className={classes.outdated}>{t('changed')}</p> : null}
      </div>
    </div>
  )

  function words(): string {
    switch (verdict.type) {
      case 'running':
        return verdict.step === null
          ? t('beginning')
          : t('testing', { step: t(`step.${verdict.step.name}`) })
      case 'stopped':
        return t('stopped', { step: t(`step.${verdict.step.name}`) })
      case 'passed':
        return verdict.warnings === 0 ? t('passed') : t('passedWith', { count: verdict.warnings })
      case 'error': {
        const { title, detail, next } = describe(run.error)
        return `${title}. ${detail} ${next}`
      }
      case 'cancelled':
      case 'interrupted':
        return t(verdict.type)
    }
  }
}

function look(verdict: Verdict) {
  switch (verdict.type) {
    case 'running':
      return { icon: IconLoader2, tone: 'info' } as const
    case 'passed':
      return verdict.warnings === 0
        ? ({ icon: IconCircleCheck, tone: 'success' } as const)
        : ({ icon: IconAlertTriangle, tone: 'warning' } as const)
    case 'cancelled':
      return { icon: IconHandStop, tone: 'neutral' } as const
    case 'stopped':
    case 'interrupted':
    case 'error':
      return { icon: IconCircleX, tone: 'danger' } as const
  }
}
