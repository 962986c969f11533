import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ShortcutList } from '../../ui/shortcut-list.tsx'
import { closeOverlay, useOverlay } from '../frame/overlays.ts'

/** The keys that work here and now. */
export function Help() {
  const { t } = useTranslation(['frame', 'common'])
  const opened = useOverlay(({ open }) => open === 'help')
  return (
    <Modal
      opened={opened}
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
