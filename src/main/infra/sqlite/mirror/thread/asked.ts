/** Counts queries across threads, so that work that can wait gives way to them. */
export class Asked {
  /** What another thread is given to count with. */
  readonly shared: SharedArrayBuffer
  readonly #count: Int32Array<SharedArrayBuffer>

  constructor(shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared
    this.#count = new Int32Array(shared)
  }

  add(): void {
    Atomics.add(this.#count, 0, 1)
  }

  get count(): number {
    return Atomics.load(this.#count, 0)
  }
}
