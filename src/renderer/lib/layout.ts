import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface Layout {
  /** Whether the operator folded the navigation to its icons. */
  navigationFolded: boolean
  /** Width of each detail pane in pixels, by its name. */
  paneWidths: Record<string, number>
}

/** How the operator arranged the window; remembered by this browser or app. */
export const useLayout = create<Layout>()(
  persist((): Layout => ({ navigationFolded: false, paneWidths: {} }), {
    name: 'vigie:layout',
    version: 1,
  }),
)

export function setPaneWidth(name: string, width: number): void {
  useLayout.setState(({ paneWidths }) => ({ paneWidths: { ...paneWidths, [name]: width } }))
}
