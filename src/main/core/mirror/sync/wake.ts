/** Something to wait for that others may bring about at any time. */
export class Wake {
  #wake: (() => void) | null = null
  #called = false

  call(): void {
    this.#called = true
    this.#wake?.()
  }

  /** Resolves at the next call, at once when one came since the last wait, and after `milliseconds` at latest. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#wake = null
    this.#called = false
  }
}
