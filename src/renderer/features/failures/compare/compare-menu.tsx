import { Button, Menu } from '@mantine/core'
import { IconArrowsLeftRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEnvironments } from '../../../lib/environments.ts'
import classes from '../failures.module.css'

interface CompareMenuProps {
  environment: string
  others: readonly string[]
  onToggle: (environment: string) => void
}

/** Which other environments are shown beside this one. */
export function CompareMenu({ environment, others, onToggle }: CompareMenuProps) {
  const { t } = useTranslation('failures')
  const { data = [] } = useEnvironments()
  const choices = data.filter(({ id }) => id !== environment)
  if (choices.length === 0) return null
  const chosen = choices.filter(({ id }) => others.includes(id))
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconArrowsLeftRight size={14} aria-hidden />}>
          {chosen.length === 0
            ? t('compare.choose')
            : t('compare.with', { names: chosen.map(({ name }) => name).join(', ') })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ id, name, color }) => (
          <Menu.CheckboxItem
            key={id}
            checked={others.includes(id)}
            rightSection={<span className={classes.dot} data-color={color} />}
            onChange={() => onToggle(id)}
          >
            {name}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
