import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './editor.module.css'

/** Asks before what was typed is lost. Esc keeps on editing. */
export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const { t } = useTranslation(['environmentEditor', 'ui'])
  return (
    <Modal
      opened
      centered
      size={400}
      title={t('leaveTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      onClose={onStay}
    >
      <div className={classes.question}>
        <p>{t('leaveText')}</p>
        <div className={classes.buttons}>
          <Button variant="default" data-autofocus onClick={onStay}>
            {t('stay')}
          </Button>
          <Button color="red" onClick={onLeave}>
            {t('leave')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
