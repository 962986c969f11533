import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import type { JobAction } from '#shared/contract/jobs.ts'
import { useEnvironment } from '../../../lib/environments.ts'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { useRemedies } from '../connection/use-remedies.ts'
import { useHealthWords } from '../connection/use-health-words.ts'
import classes from './refusal-dialog.module.css'
import { endExplaining, useExplained } from './refusing.ts'
import { useActionRefusal } from './use-action-refusal.ts'

/** Says why an action is refused, when it was pressed all the same. Once in the frame. */
export function RefusalDialog() {
  const explained = useExplained()
  const environment = useEnvironment(explained?.environment)
  if (explained === null || environment === undefined) return null
  return <Explained environment={environment} action={explained.action} />
}

function Explained({ environment, action }: { environment: Environment; action: JobAction }) {
  const { t } = useTranslation(['lock', 'connection', 'common'])
  useReturnFocus()
  const words = useHealthWords()
  const refused = useActionRefusal(environment.id, action)
  const remedies = useRemedies(environment)
  // It may be allowed by now: then there is nothing to explain.
  if (refused === null) return null
  const { reason } = environment.health
  const away = refused.refusal.because === 'away'
  return (
    <Modal
      opened
      onClose={endExplaining}
      title={t(`refusal.title.${action}`)}
      centered
      size={480}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <p className={classes.text}>{refused.text}</p>
      {away && reason !== null && words.why(environment.health) !== null ? (
        <p className={classes.text}>{t(`connection:remedy.${reason}`)}</p>
      ) : null}
      <div className={classes.buttons}>
        {away
          ? remedies.map(({ label, run }) => (
              <Button
                key={label}
                variant="default"
                onClick={() => {
                  endExplaining()
                  run()
                }}
              >
                {label}
              </Button>
            ))
          : null}
        <Button data-autofocus onClick={endExplaining}>
          {t('common:close')}
        </Button>
      </div>
    </Modal>
  )
}
