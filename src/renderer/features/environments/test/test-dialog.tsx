import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnvironmentDetail } from '#shared/contract/environments.ts'
import { orpc } from '../../../lib/client/index.ts'
import { ErrorState, LoadingRows } from '../../../ui/states.tsx'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { TestReport } from './test-report.tsx'
import classes from './test.module.css'
import { useConnectionTest } from './use-connection-test.ts'

interface TestDialogProps {
  environment: string
  /** Opens the environment's form; with a key of its SSH server that was just trusted. */
  onEdit: (hostKey: string | null) => void
  onClose: () => void
}

/** Tests the connection of an environment as it is set up. Begins at once. */
export function TestDialog({ environment, onEdit, onClose }: TestDialogProps) {
  const { t } = useTranslation(['environmentTest', 'ui'])
  useReturnFocus()
  const { data, error, refetch, isFetching } = useQuery(
    orpc.environments.get.queryOptions({ input: { environment }, gcTime: 0, retry: false }),
  )
  return (
    <Modal
      opened
      centered
      size={560}
      title={data === undefined ? t('title') : t('titleOf', { name: data.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      onClose={onClose}
    >
      {data === undefined ? (
        error === null ? (
          <LoadingRows rows={6} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} />
        )
      ) : (
        <Test detail={data} onEdit={onEdit} onClose={onClose} />
      )}
    </Modal>
  )
}

interface TestProps extends Pick<TestDialogProps, 'onEdit' | 'onClose'> {
  detail: EnvironmentDetail
}

function Test({ detail, onEdit, onClose }: TestProps) {
  const { t } = useTranslation(['environmentTest', 'ui'])
  const { run, start, cancel } = useConnectionTest()
  const { id, profile, saved } = detail
  useEffect(() => {
    void start({ profile, environment: id })
    // A profile that is fetched again in the background is no reason to test again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id, start])
  const running = run?.state === 'running'
  return (
    <div className={classes.panel}>
      <p className={classes.intro}>{t('intro')}</p>
      {/* Reached by Tab, so that it can be scrolled without a mouse. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.scroll} tabIndex={0}>
        {run === null ? null : (
          <TestReport
            run={run}
            onTrust={saved ? (fingerprint) => onEdit(fingerprint) : undefined}
          />
        )}
      </div>
      <div className={classes.buttons}>
        {saved ? (
          <Button variant="default" onClick={() => onEdit(null)}>
            {t('edit')}
          </Button>
        ) : null}
        {running ? (
          <Button variant="default" onClick={cancel}>
            {t('cancel')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => void start({ profile, environment: id })}>
            {t('again')}
          </Button>
        )}
        <Button data-autofocus onClick={onClose}>
          {t('ui:close')}
        </Button>
      </div>
    </div>
  )
}
