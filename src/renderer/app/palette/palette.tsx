import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { closeOverlay, useOverlay } from '../frame/overlays.ts'
import { PaletteBody } from './palette-body.tsx'
import classes from './palette.module.css'

/** The command palette. */
export function Palette({ environment }: { environment: string | undefined }) {
  const { t } = useTranslation('frame')
  const opened = useOverlay(({ open }) => open === 'palette')
  return (
    <Modal.Root opened={opened} onClose={closeOverlay} size={600} yOffset="12vh">
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.label')}>
        <Modal.Body className={classes.body}>
          <PaletteBody environment={environment} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
