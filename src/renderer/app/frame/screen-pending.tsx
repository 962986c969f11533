import { LoadingRows } from '../../ui/states.tsx'
import classes from './screen.module.css'

/** A page whose code is on its way. */
export function ScreenPending() {
  return (
    <div className={classes.pending}>
      <LoadingRows rows={16} />
    </div>
  )
}
