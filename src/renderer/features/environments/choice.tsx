import { Input, SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import classes from './choice.module.css'

interface ChoiceProps<Value extends string> {
  /** Path of the field in a form, for its problems. */
  path?: string
  label: string
  description?: string | undefined
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string>({
  path,
  label,
  description,
  value,
  options,
  onChange,
}: ChoiceProps<Value>) {
  const id = useId()
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={description}
    >
      <SegmentedControl
        classNames={classes}
        aria-labelledby={id}
        data-path={path}
        value={value}
        data={[...options]}
        fullWidth
        withItemsBorders={false}
        onChange={(chosen) => {
          const option = options.find((candidate) => candidate.value === chosen)
          if (option !== undefined) onChange(option.value)
        }}
      />
    </Input.Wrapper>
  )
}
