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

const looks = {
  running: { icon: IconLoader2, tone: 'info' },
  passed: { icon: IconCircleCheck, tone: 'success' },
  cancelled: { icon: IconHandStop, tone: 'neutral' },
  stopped: { icon: IconCircleX, tone: 'danger' },
  interrupted: { icon: IconCircleX, tone: 'danger' },
  error: { icon: IconCircleX, tone: 'danger' },
} as const

const warned = { icon: IconAlertTriangle, tone: 'warning' } as const

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
  const words = useVerdictWords()
  const { icon: Icon, tone } =
    verdict.type === 'passed' && verdict.warnings > 0 ? warned : looks[verdict.type]
  return (
    <div role="status" className={classes.verdict} data-tone={tone}>
      <Icon size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <div>
        <strong>{words(verdict, run.error)}</strong>
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
}

function useVerdictWords(): (verdict: Verdict, error: unknown) => string {
  const { t } = useTranslation('environmentTest')
  const describe = useDescribeError()
  return (verdict, error) => {
    if (verdict.type === 'running') {
      return verdict.step === null
        ? t('beginning')
        : t('testing', { step: t(`step.${verdict.step.name}`) })
    }
    if (verdict.type === 'stopped') return t('stopped', { step: t(`step.${verdict.step.name}`) })
    if (verdict.type === 'passed') {
      return verdict.warnings === 0 ? t('passed') : t('passedWith', { count: verdict.warnings })
    }
    if (verdict.type !== 'error') return t(verdict.type)
    const { title, detail, next } = describe(error)
    return `${title}. ${detail} ${next}`
  }
}
