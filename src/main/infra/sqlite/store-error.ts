export type StoreErrorCode = 'damaged' | 'newer' | 'unavailable'

/** Why `vigie.db` cannot be used. The message is meant for the person at the console; no file was changed. */
export class StoreError extends Error {
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}
