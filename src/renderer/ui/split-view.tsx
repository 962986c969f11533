import { type ReactNode, useCallback, useRef } from 'react'
import { useElementSize } from '@mantine/hooks'
import { setPaneWidth, useLayout } from '../lib/layout.ts'
import { Separator } from './separator.tsx'
import classes from './split-view.module.css'

const least = { pane: 360, list: 420 }
const usual = 520
/** Under this width of the view (a window of 1,100 with the navigation folded), the pane lies over the list. */
const overlayBelow = 1052

interface SplitViewProps {
  /** Name its width is remembered by. */
  name: string
  /** The list. */
  children: ReactNode
  /** A `DetailPane`; null while nothing is open. */
  detail: ReactNode | null
}

/** A list with a detail pane beside it, or over it where there is no room for both. */
export function SplitView({ name, children, detail }: SplitViewProps) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const root = useRef<HTMLDivElement | null>(null)
  const remembered = useLayout((layout) => layout.paneWidths[name])
  const setRoot = useCallback(
    (element: HTMLDivElement | null) => {
      root.current = element
      ref(element)
    },
    [ref],
  )
  const most = Math.max(least.pane, width - least.list)
  const pane = Math.round(
    Math.min(most, Math.max(least.pane, remembered ?? Math.max(usual, width * 0.45))),
  )
  const overlay = width > 0 && width < overlayBelow
  return (
    <div ref={setRoot} className={classes.root} data-overlay={overlay || undefined}>
      <div className={classes.list}>{children}</div>
      {detail === null ? null : (
        <>
          {overlay ? null : (
            <Separator
              value={pane}
              least={least.pane}
              most={most}
              onChange={(value) => setPaneWidth(name, value)}
            />
          )}
          <div className={classes.pane} style={overlay ? undefined : { width: pane }}>
            {detail}
          </div>
        </>
      )}
    </div>
  )
}
