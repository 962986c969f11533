import classes from './progress.module.css'

interface ProgressProps {
  /** 0 to 1; null while unknown. */
  share: number | null
  label: string
}

/** A thin bar; moves only when its value changes. */
export function Progress({ share, label }: ProgressProps) {
  const percent = share === null ? undefined : Math.round(Math.max(0, Math.min(1, share)) * 100)
  return (
    <div
      className={classes.root}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-unknown={percent === undefined || undefined}
    >
      <div
        className={classes.bar}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  )
}
