import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useState } from 'react'
import { textPieces } from './text-lines.ts'
import classes from './text.module.css'
import { visibleText } from './visible-text.ts'

interface VirtualTextProps {
  label: string
  text: string
}

const lineHeight = 20

/** A text of any length, monospaced, only the rows in view in the document. */
export function VirtualText({ label, text }: VirtualTextProps) {
  const [element, setElement] = useState<HTMLDivElement | null>(null)
  const pieces = useMemo(() => textPieces(text), [text])
  const virtualizer = useVirtualizer({
    count: pieces.length,
    getScrollElement: () => element,
    estimateSize: () => lineHeight,
    overscan: 10,
  })
  return (
    // A region that scrolls must be reachable by keyboard.
    <div
      ref={setElement}
      className={classes.scroller}
      role="region"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <div className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const piece = pieces[item.index]
          return piece === undefined ? null : (
            <div
              key={item.key}
              className={classes.line}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {visibleText(piece.text)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
