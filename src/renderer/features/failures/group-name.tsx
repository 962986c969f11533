import type { FailureGroup } from '#shared/contract/failures.ts'
import { visibleText } from '../jobs/text/visible-text.ts'
import classes from './failures.module.css'
import { partsOf } from './template.ts'

type Named = Pick<FailureGroup, 'name' | 'errorClass' | 'message'>

/** What a group is called: as it was named, else its class and message, what varied dimmed. */
export function GroupName({ group }: { group: Named }) {
  const { name, errorClass, message } = group
  if (name !== null) return <strong className={classes.given}>{visibleText(name)}</strong>
  return (
    <>
      {errorClass === null ? null : (
        <strong className={classes.class}>{visibleText(errorClass)}</strong>
      )}{' '}
      <Template message={message} />
    </>
  )
}

/** A message, what varied dimmed. */
export function Template({ message }: { message: string }) {
  return (
    <span className={classes.message}>
      {partsOf(message).map(({ text, placeholder }, index) =>
        placeholder ? (
          // Parts have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className={classes.placeholder}>
            {text}
          </span>
        ) : (
          visibleText(text)
        ),
      )}
    </span>
  )
}

/** The same as one text. */
export function nameOf({ name, errorClass, message }: Named): string {
  return visibleText(name ?? (errorClass === null ? message : `${errorClass}: ${message}`))
}
