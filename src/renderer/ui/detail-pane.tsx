import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../lib/commands/index.ts'
import classes from './detail-pane.module.css'
import { Hint } from './hint.tsx'

interface DetailPaneProps {
  title: ReactNode
  /** Under the title: what it is, its state. */
  subtitle?: ReactNode
  /** Buttons at the end of the title's line. */
  actions?: ReactNode
  onClose: () => void
  /** Usually `Tabs`; scrolls by itself. */
  children: ReactNode
}

/** What is open beside a list. Esc closes it. */
export function DetailPane({ title, subtitle, actions, onClose, children }: DetailPaneProps) {
  const { t } = useTranslation('ui')
  const id = useId()
  useCommands([
    {
      id: 'detail.close',
      label: t('closeDetail'),
      group: 'list',
      shortcut: 'Escape',
      hidden: true,
      run: onClose,
    },
  ])
  return (
    <section className={classes.root} aria-labelledby={id}>
      <header className={classes.header}>
        <div className={classes.names}>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {subtitle === undefined ? null : <div className={classes.subtitle}>{subtitle}</div>}
        </div>
        <div className={classes.actions}>
          {actions}
          <Hint label={t('closeDetail')} keys="Esc">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('closeDetail')}
              onClick={onClose}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Hint>
        </div>
      </header>
      <div className={classes.body}>{children}</div>
    </section>
  )
}
