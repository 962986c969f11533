import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import { Hint } from '../../ui/hint.tsx'
import { Progress } from '../../ui/progress.tsx'
import classes from './mirror.module.css'
import { isKeepingUp, shareOf } from './mirror-look.ts'
import { useMirrorWords } from './use-mirror-words.ts'
import { useRate } from './use-rate.ts'

type Pass = 'backfill' | 'details' | 'text'

/** The three passes of a mirror: what each has done, how fast, and how long it still takes. */
export function WorkList({ status }: { status: MirrorStatus }) {
  const { t } = useTranslation('mirror')
  const details = useRate(status.details)
  const text = useRate(status.text)
  const { backfill, state } = status
  // Nothing was read yet, which is not the same as all.
  const begun = !['off', 'starting', 'failed'].includes(state) || status.rows > 0
  return (
    <section className={classes.works} aria-label={t('work.label')}>
      <Work
        pass="backfill"
        begun={begun}
        work={backfill}
        rate={backfill?.rate ?? null}
        left={backfill?.left ?? null}
      />
      <Work pass="details" begun={begun} work={status.details} {...details} />
      <Work pass="text" begun={begun} work={status.text} {...text} />
    </section>
  )
}

interface WorkProps {
  pass: Pass
  begun: boolean
  work: { done: number; total: number } | null
  rate: number | null
  left: number | null
}

function Work({ pass, begun, work, rate, left }: WorkProps) {
  const { t } = useTranslation('mirror')
  const words = useMirrorWords()
  const name = t(`work.${pass}`)
  const settled = work === null || (pass !== 'backfill' && isKeepingUp(work))
  return (
    <div className={classes.work}>
      <Hint label={t(`workHint.${pass}`)}>
        <span className={classes.workName}>{name}</span>
      </Hint>
      {begun ? null : <span className="dim">–</span>}
      {begun && settled ? (
        <span className={classes.workDone}>
          <IconCircleCheck size={14} stroke={1.8} aria-hidden />
          {work !== null ? t('keepingUp') : pass === 'text' ? t('textDone') : t('workDone')}
        </span>
      ) : null}
      {!begun || settled || work === null ? null : (
        <>
          <Progress share={shareOf(work)} label={name} />
          <span className={classes.workFigures}>{words.work({ ...work, rate, left })}</span>
        </>
      )}
    </div>
  )
}
