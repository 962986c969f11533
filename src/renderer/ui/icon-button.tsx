import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useCopy } from './copy-text.tsx'
import { Hint } from './hint.tsx'

interface IconButtonProps {
  /** What happens; also the hint on hover and focus. */
  label: string
  /** The key that does the same. */
  keys?: string
  icon: ComponentType<{ size?: number | string; 'aria-hidden'?: boolean }>
  loading?: boolean
  onPress: () => void
}

/** A small button that is only an icon, and says on hover what it does. */
export function IconButton({ label, keys, icon: Icon, loading, onPress }: IconButtonProps) {
  return (
    <Hint label={label} {...(keys === undefined ? {} : { keys })}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        loading={loading ?? false}
        onClick={onPress}
      >
        <Icon size={14} aria-hidden />
      </ActionIcon>
    </Hint>
  )
}

type CopyButtonProps = Pick<IconButtonProps, 'label' | 'keys'> & {
  icon?: IconButtonProps['icon']
  /** Asked for only when it is copied: it may take a while to make. */
  text: () => string
}

/** Copies a text, and shows for a moment that it did. */
export function CopyButton({ text, icon = IconCopy, ...props }: CopyButtonProps) {
  const { copied, copy } = useCopy()
  return <IconButton {...props} icon={copied ? IconCheck : icon} onPress={() => copy(text())} />
}
