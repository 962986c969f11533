import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface Toast {
  title: string
  message?: ReactNode
}

/** Something worked; goes away by itself. */
export function toastSuccess({ title, message }: Toast): void {
  notifications.show({
    title,
    message,
    color: 'green',
    icon: <IconCheck size={14} aria-hidden />,
    autoClose: 5000,
  })
}

/** Something did not work, and the operator should read why; stays until closed. */
export function toastFailure({ title, message }: Toast): void {
  notifications.show({
    title,
    message,
    color: 'red',
    icon: <IconAlertTriangle size={14} aria-hidden />,
    autoClose: false,
  })
}
