import { Fragment } from 'react'
import classes from './text.module.css'
import { visibleText } from './visible-text.ts'

interface MarkedProps {
  text: string
  /** What is searched for; nothing is marked when it is empty. */
  words: string
}

/** Places that are marked in one text; more would only slow the page down. */
const mostMarks = 50

/** A stranger's text with the places marked that match a search, whatever their case. */
export function Marked({ text, words }: MarkedProps) {
  const shown = visibleText(text)
  const wanted = words.toLowerCase()
  const lower = shown.toLowerCase()
  // Lower case may have another length in a few scripts; then the places would not fit.
  if (wanted === '' || lower.length !== shown.length) {
    return <>{shown}</>
  }
  const parts = []
  let start = 0
  let at = lower.indexOf(wanted)
  while (at >= 0 && parts.length < mostMarks) {
    const end = at + wanted.length
    parts.push(
      <Fragment key={at}>
        {shown.slice(start, at)}
        <mark className={classes.mark}>{shown.slice(at, end)}</mark>
      </Fragment>,
    )
    start = end
    at = lower.indexOf(wanted, end)
  }
  return (
    <>
      {parts}
      {shown.slice(start)}
    </>
  )
}
