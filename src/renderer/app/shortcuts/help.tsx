import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { closeOverlay } from '../frame/overlays.ts'
import { ShortcutList } from '../../ui/shortcut-list.tsx'

/** The keys that work here and now. */
export function Help() {
  const { t } = useTranslation(['frame', 'common'])
  return (
    <Modal
      opened
      onClose={closeOverlay}
      title={t('shortcuts')}
      size={640}
      centered
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <ShortcutList />
    </Modal>
  )
}
