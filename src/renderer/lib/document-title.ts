import { useEffect } from 'react'

/** The window's title while the component is on screen. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
