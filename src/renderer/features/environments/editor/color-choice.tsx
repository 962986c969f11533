import { Input } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { environmentColors } from '#shared/contract/profiles.ts'
import classes from './editor.module.css'
import { useEditorForm } from './form.ts'

/** The colour of an environment. Production has no choice, and red is nobody else's. */
export function ColorChoice() {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const id = useId()
  const { kind, color } = form.getValues()
  const choices = environmentColors.filter((each) => (kind === 'production') === (each === 'red'))
  const { error } = form.getInputProps('color')
  return (
    <Input.Wrapper
      label={t('colorLabel')}
      labelElement="div"
      labelProps={{ id }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={kind === 'production' ? t('colorOfProduction') : undefined}
      error={error as string | undefined}
    >
      <div className={classes.colors} role="radiogroup" aria-labelledby={id} data-path="color">
        {choices.map((each) => (
          <label key={each} className={classes.color} data-color={each} title={t(`color.${each}`)}>
            <input
              type="radio"
              name={id}
              value={each}
              aria-label={t(`color.${each}`)}
              checked={color === each}
              onChange={() => form.setFieldValue('color', each)}
            />
            {color === each ? <IconCheck size={14} stroke={2.4} aria-hidden /> : null}
          </label>
        ))}
      </div>
    </Input.Wrapper>
  )
}
