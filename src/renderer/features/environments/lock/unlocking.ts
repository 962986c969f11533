import { create } from 'zustand'

const useAsked = create<{ environment: string | null }>(() => ({ environment: null }))

/** Asks for what unlocking an environment needs; `UnlockDialog`, once in the frame, shows it. */
export const askToUnlock = (environment: string) => useAsked.setState({ environment })
export const endUnlocking = () => useAsked.setState({ environment: null })

/** The environment that is being unlocked; null when none is. */
export const useUnlocking = (): string | null => useAsked(({ environment }) => environment)
