import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from '../../lib/commands/index.ts'

interface ListCommands {
  next: () => void
  previous: () => void
  open: () => void
}

/** Keys that move through the page's list wherever the focus is; Enter is the row's own. */
export function useListCommands({ next, previous, open }: ListCommands): void {
  const { t } = useTranslation('ui')
  const command = (
    id: 'next' | 'previous' | 'open',
    shortcut: string,
    run: () => void,
  ): Command => ({
    id: `list.${id}`,
    label: t(`list.${id}`),
    group: 'list',
    shortcut,
    hidden: true,
    passive: id === 'open',
    run,
  })
  useCommands([
    command('next', 'j', next),
    command('previous', 'k', previous),
    command('open', 'Enter', open),
  ])
}
