import classes from './bars.module.css'

interface BarsProps {
  /** Oldest first. */
  values: readonly number[]
  /** Of the highest bar; that of the values by default. Give it to compare several charts. */
  most?: number
  /** What the chart says, in one sentence. */
  label: string
  /** What each bar says on hover. */
  titleOf?: (index: number) => string
  tone?: 'danger' | 'neutral'
}

/** A small bar chart that fills its place. A bar that is not nought can always be seen. */
export function Bars({ values, most, label, titleOf, tone = 'danger' }: BarsProps) {
  const highest = Math.max(1, most ?? 0, ...values)
  return (
    <svg
      className={classes.root}
      viewBox={`0 0 ${values.length * step} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      data-tone={tone}
    >
      {values.map((value, index) => {
        const tall = value === 0 ? 0.75 : Math.max(3, (value / highest) * height)
        const x = index * step
        return (
          // Bars have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <g key={index} className={classes.bar} data-none={value === 0 || undefined}>
            {titleOf === undefined ? null : (
              <rect className={classes.column} x={x} y={0} width={step} height={height}>
                <title>{titleOf(index)}</title>
              </rect>
            )}
            <rect
              className={classes.value}
              x={x + gap / 2}
              y={height - tall}
              width={step - gap}
              height={tall}
            />
          </g>
        )
      })}
    </svg>
  )
}

const step = 4
const gap = 1
const height = 40
