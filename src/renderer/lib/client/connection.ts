import { create } from 'zustand'

/**
 * How the page stands with its console (not with Redis, which is `environments.watch`):
 * `connecting` until the first contact, `lost` while it tries again, `refused` when the console
 * answers but no longer lets this page in.
 */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused'

interface Connection {
  state: ConnectionState
  /** Since when, in milliseconds since the epoch. */
  since: number
  /** When the next try is made; null unless lost. */
  nextTryAt: number | null
  /** Counts the contacts made, so that a stream can tell a new one from the one it was on. */
  epoch: number
}

export const useConnection = create<Connection>(() => ({
  state: 'connecting',
  since: Date.now(),
  nextTryAt: null,
  epoch: 0,
}))

export function setConnection(state: ConnectionState, nextTryAt: number | null = null): void {
  useConnection.setState((current) => ({
    state,
    nextTryAt,
    since: current.state === state ? current.since : Date.now(),
    epoch: state === 'connected' ? current.epoch + 1 : current.epoch,
  }))
}

/** Tells whatever keeps the connection to try at once. */
export const retryEvent = 'vigie:retry'

/** Tries again at once instead of waiting for the next turn. */
export function retryConnection(): void {
  window.dispatchEvent(new Event(retryEvent))
}
