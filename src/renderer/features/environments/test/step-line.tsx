import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconLoader2,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TestStep } from '#shared/contract/connection-tests.ts'
import { Duration } from '../../../ui/figures.tsx'
import { FactValue, useFactLabel } from './fact-value.tsx'
import classes from './test.module.css'

const looks = {
  running: { icon: IconLoader2, tone: 'info' },
  ok: { icon: IconCircleCheck, tone: 'success' },
  warning: { icon: IconAlertTriangle, tone: 'warning' },
  failed: { icon: IconCircleX, tone: 'danger' },
  skipped: { icon: IconCircleDashed, tone: 'neutral' },
} as const

interface StepLineProps {
  step: TestStep
  /** Takes over the key of a server that is not known; left out where it cannot be. */
  onTrust?: ((fingerprint: string) => void) | undefined
}

/** A step of the test: how it went and in what time, what was seen, what is wrong and what to do. */
export function StepLine({ step, onTrust }: StepLineProps) {
  const { t } = useTranslation('environmentTest')
  const label = useFactLabel()
  const { icon: Icon, tone } = looks[step.status]
  const facts = Object.entries(step.facts).filter(([, value]) => isTold(value))
  const { fingerprint } = step.facts
  return (
    <li className={classes.step} data-tone={tone} data-status={step.status}>
      <div className={classes.head}>
        <Icon size={16} stroke={1.8} aria-hidden className={classes.icon} />
        <span className={classes.name}>{t(`step.${step.name}`)}</span>
        <span className={classes.status}>{t(`status.${step.status}`)}</span>
        <span className={classes.time}>
          {step.duration === null ? null : <Duration value={step.duration} />}
        </span>
      </div>
      {step.problem === null ? null : (
        <div className={classes.problem}>
          <p className={classes.what}>{t(`problem.${step.problem}.what`)}</p>
          <p>{t(`problem.${step.problem}.next`)}</p>
        </div>
      )}
      {facts.length === 0 ? null : (
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name} className={classes.fact}>
              <dt>{label(name)}</dt>
              <dd>
                <FactValue name={name} value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {step.problem === 'ssh-host-unknown' &&
      typeof fingerprint === 'string' &&
      onTrust !== undefined ? (
        <div className={classes.trust}>
          <Button variant="default" onClick={() => onTrust(fingerprint)}>
            {t('trust')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}

function isTold(value: TestStep['facts'][string]): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}
