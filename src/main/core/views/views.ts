import { randomUUID } from 'node:crypto'
import type { View } from '#shared/contract/views.ts'
import { ConsoleError } from '#shared/errors.ts'
import { conditionsOf } from '../mirror/conditions-of.ts'
import type { ViewService } from '../services.ts'
import type { ViewStore } from './ports.ts'

/** Filters worth coming back to. One that does not hold is not saved. */
export class Views implements ViewService {
  readonly #store: ViewStore

  constructor({ store }: { store: ViewStore }) {
    this.#store = store
  }

  list(): View[] {
    return this.#store.list()
  }

  create(given: Omit<View, 'id'>): View {
    return this.#save({ ...given, id: randomUUID() })
  }

  update(id: string, change: Partial<Omit<View, 'id' | 'environment'>>): View {
    const before = this.#store.list().find((view) => view.id === id)
    if (before === undefined) throw new ConsoleError('VIEW_NOT_FOUND', { view: id })
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    return this.#save({ ...before, ...Object.fromEntries(given) })
  }

  remove(id: string): void {
    if (!this.#store.remove(id)) throw new ConsoleError('VIEW_NOT_FOUND', { view: id })
  }

  #save(view: View): View {
    // Dates are read anew each time it is opened: here it only has to hold.
    conditionsOf(view.filter, undefined)
    if (this.#store.save(view) === 'name-taken') {
      throw new ConsoleError('VIEW_NAME_TAKEN', { name: view.name })
    }
    return view
  }
}
