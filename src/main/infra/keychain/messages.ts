/** What the console asks its keychain process. `text` only comes with `set`. */
export interface KeychainRequest {
  id: number
  verb: 'get' | 'set' | 'delete'
  service: string
  account: string
  text: string
}

/** Its answer: a value, or why there is none. */
export type KeychainAnswer =
  | { id: number; value: string | boolean | null }
  | { id: number; problem: string }
