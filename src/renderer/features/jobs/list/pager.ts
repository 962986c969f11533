/**
 * What both readers of long lists share: who listens, the view they are shown, and the one request that is under
 * way.
 */
export abstract class Pager<Page, View extends object> {
  protected error: unknown = null
  private readonly listeners = new Set<() => void>()
  private request: AbortController | null = null
  private view: View

  constructor(empty: View) {
    this.view = empty
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** Same object until something on screen changes. */
  read = (): View => this.view

  /** What is on screen now. */
  protected abstract look(): View

  /** Goes on with whatever is to be read next. */
  protected abstract pump(): void

  /** Nothing is on its way. */
  idle(): boolean {
    return this.request === null
  }

  /** Gives up the request under way. */
  stop(): void {
    this.request?.abort()
    this.request = null
  }

  protected publish(): void {
    const view = this.look()
    const { view: before } = this
    if ((Object.keys(view) as (keyof View)[]).every((name) => view[name] === before[name])) return
    this.view = view
    for (const listener of this.listeners) listener()
  }

  /** Asks for a page, and takes it unless it was given up meanwhile. `begun`: before it is asked for. */
  protected ask(
    load: (signal: AbortSignal) => Promise<Page>,
    take: (page: Page) => void,
    begun: () => void,
  ): void {
    const request = new AbortController()
    this.request = request
    begun()
    void this.finish(request, load(request.signal), take)
  }

  private async finish(
    request: AbortController,
    loading: Promise<Page>,
    take: (page: Page) => void,
  ): Promise<void> {
    let outcome: { page: Page } | { error: unknown }
    try {
      outcome = { page: await loading }
    } catch (error) {
      outcome = { error }
    }
    if (this.request !== request) return
    this.request = null
    if ('error' in outcome) {
      this.error = outcome.error
      this.publish()
      return
    }
    this.error = null
    take(outcome.page)
    this.pump()
  }
}
