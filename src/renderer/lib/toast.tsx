import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
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

interface Notice extends Toast {
  /** A later notice of the same name takes the place of this one. */
  name: string
  tone: 'warning' | 'success' | 'info'
  /** Stays until it is closed or replaced, for what is still so. */
  stays?: boolean
}

const looks = {
  warning: { color: 'orange', icon: <IconAlertTriangle size={14} aria-hidden /> },
  success: { color: 'green', icon: <IconCheck size={14} aria-hidden /> },
  info: { color: 'blue', icon: <IconInfoCircle size={14} aria-hidden /> },
} as const

/** Something happened by itself; one line for each thing that can happen, however often it does. */
export function toastNotice({ name, tone, stays = false, title, message }: Notice): void {
  const notice = {
    id: name,
    title,
    message,
    ...looks[tone],
    autoClose: stays ? (false as const) : 8000,
  }
  notifications.show(notice)
  notifications.update(notice)
}
