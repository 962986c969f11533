import { create } from 'zustand'

const useSwitcher = create<{ open: boolean }>(() => ({ open: false }))

export const openSwitcher = () => useSwitcher.setState({ open: true })
export const closeSwitcher = () => useSwitcher.setState({ open: false })
export const toggleSwitcher = () => useSwitcher.setState(({ open }) => ({ open: !open }))
export const useSwitcherOpen = (): boolean => useSwitcher(({ open }) => open)
