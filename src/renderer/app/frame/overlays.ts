import { create } from 'zustand'

/** Which overlay of the frame is open; at most one. */
export const useOverlay = create<{ open: 'palette' | 'help' | null }>(() => ({ open: null }))

export const openPalette = () => useOverlay.setState({ open: 'palette' })
export const openHelp = () => useOverlay.setState({ open: 'help' })
export const closeOverlay = () => useOverlay.setState({ open: null })
