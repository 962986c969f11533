import { Modal } from '@mantine/core'
import { useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closeOverlay, useOverlay } from '../frame/overlays.ts'
import { PaletteBody } from './palette-body.tsx'
import classes from './palette.module.css'

interface PaletteProps {
  environment: string | undefined
}

/**
 * The command palette. It comes into being as it opens: a dialog that is there but closed opens some
 * frames later, and what is typed meanwhile would be lost.
 */
export function Palette({ environment }: PaletteProps) {
  const opened = useOverlay(({ open }) => open === 'palette')
  return opened ? <OpenPalette environment={environment} /> : null
}

function OpenPalette({ environment }: PaletteProps) {
  const { t } = useTranslation('frame')
  const [before] = useState(() => document.activeElement)
  useLayoutEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    },
    [before],
  )
  return (
    <Modal.Root opened onClose={closeOverlay} size={600} yOffset="12vh" returnFocus={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.label')}>
        <Modal.Body className={classes.body}>
          <PaletteBody environment={environment} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
