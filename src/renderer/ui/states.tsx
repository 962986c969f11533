import { Button } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { IconAlertTriangle, IconClockPause, IconRefresh } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../lib/client/connection.ts'
import { ConnectionLostError } from '../lib/client/errors.ts'
import { useNow } from '../lib/clock.ts'
import { useDescribeError } from '../lib/errors/describe-error.ts'
import { useFormat } from '../lib/format/use-format.ts'
import { CopyText } from './copy-text.tsx'
import { NoticeBar } from './notice-bar.tsx'
import classes from './states.module.css'

/** Loading: bars of the rows' shape. */
export function LoadingRows({ rows = 12 }: { rows?: number }) {
  const { t } = useTranslation('ui')
  return (
    <div className={classes.rows} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.row} style={{ opacity: 1 - index / rows }}>
          <span style={{ width: `${12 + ((index * 7) % 9)}%` }} />
          <span style={{ width: `${22 + ((index * 5) % 14)}%` }} />
          <span style={{ width: `${8 + ((index * 3) % 6)}%` }} />
          <span style={{ width: `${10 + ((index * 11) % 8)}%` }} />
        </div>
      ))}
    </div>
  )
}

interface EmptyStateProps {
  icon?: ComponentType<{
    size?: number | string
    stroke?: number | string
    'aria-hidden'?: boolean
  }>
  title: string
  /** It is all there is on the page, so its title is the page's. */
  page?: boolean
  /** What would be here and how to get it. */
  children?: ReactNode
  actions?: ReactNode
}

/** Nothing here: says what would be, and how to get it. */
export function EmptyState({
  icon: Icon,
  title,
  page = false,
  children,
  actions,
}: EmptyStateProps) {
  const Title = page ? 'h1' : 'h2'
  return (
    <div className={classes.panel}>
      {Icon === undefined ? null : <Icon size={28} stroke={1.4} aria-hidden />}
      <Title className={classes.title}>{title}</Title>
      {children === undefined ? null : <div className={classes.text}>{children}</div>}
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </div>
  )
}

interface ErrorStateProps {
  error: unknown
  /** Before the way to try again, when something else is more likely to help. */
  actions?: ReactNode
  onRetry?: () => void
  retrying?: boolean
}

/** What failed, the code, what to do next, and a way to try again. */
export function ErrorState({ error, actions, onRetry, retrying = false }: ErrorStateProps) {
  const { t } = useTranslation('ui')
  const description = useDescribeError()(error)
  return (
    <div className={classes.panel} role="alert" data-tone="danger">
      <IconAlertTriangle size={28} stroke={1.4} aria-hidden />
      <h2 className={classes.title}>{description.title}</h2>
      <div className={classes.text}>
        <p>{description.detail}</p>
        <p>{description.next}</p>
      </div>
      <dl className={classes.facts}>
        <dt>{t('code')}</dt>
        <dd>
          <CopyText text={description.code} what={t('code')} />
        </dd>
        {description.report === null ? null : (
          <>
            <dt>{t('report')}</dt>
            <dd>
              <CopyText text={description.report} what={t('copyReport')} />
            </dd>
          </>
        )}
      </dl>
      {actions === undefined && onRetry === undefined ? null : (
        <div className={classes.actions}>
          {actions}
          {onRetry === undefined ? null : (
            <Button
              variant="default"
              leftSection={<IconRefresh size={14} aria-hidden />}
              loading={retrying}
              onClick={onRetry}
            >
              {t('retry')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

interface StaleBannerProps {
  /** When the figures were last true, in milliseconds. */
  since: number
  /** Why, as one sentence; from the error by default. */
  reason?: string
  error?: unknown
  onRetry?: () => void
}

/** The frame already says, over the page, that Redis or the console is away. */
function isToldByFrame(error: unknown): boolean {
  return (
    error instanceof ConnectionLostError ||
    (error instanceof ORPCError && error.code === 'ENVIRONMENT_UNREACHABLE')
  )
}

/** Above data that stay on screen although they are no longer kept up to date. */
export function StaleBanner({ since, reason, error, onRetry }: StaleBannerProps) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const now = useNow()
  const describe = useDescribeError()
  const connection = useConnection((state) => state.state)
  if (connection !== 'connected' || isToldByFrame(error)) return null
  const cause = reason ?? (error === undefined || error === null ? null : describe(error).title)
  return (
    <div role="status">
      <NoticeBar
        tone="warning"
        icon={IconClockPause}
        {...(cause === null ? {} : { strong: `${cause}.` })}
        {...(onRetry === undefined ? {} : { action: { label: t('retry'), run: onRetry } })}
      >
        {t('staleSince', { time: format.clock(since, now) })}
      </NoticeBar>
    </div>
  )
}
