import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RefusedAction } from '../../environments/refusal/use-action-refusal.ts'
import classes from './actions.module.css'

interface RefusedHereProps {
  refused: RefusedAction
  onClose: () => void
}

/** Why nothing can be done in the environment any more, told while the dialog is open: it locked, say. */
export function RefusedHere({ refused, onClose }: RefusedHereProps) {
  const { t } = useTranslation('lock')
  return (
    <>
      <p>{refused.text}</p>
      {refused.refusal.because === 'locked' ? (
        <Button
          className={classes.unlock}
          variant="default"
          onClick={() => {
            onClose()
            refused.explain()
          }}
        >
          {t('unlock')}
        </Button>
      ) : null}
    </>
  )
}
