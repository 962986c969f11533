import { Popover, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown, IconDatabaseOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useEnvironments } from '../../lib/environments.ts'
import { EnvironmentFacts } from './environment-facts.tsx'
import classes from './environment-menu.module.css'
import { KindMark } from './kind-mark.tsx'

/** The environment one is on; opens the others, and what is known of this one. */
export function EnvironmentMenu({ environment }: { environment: Environment | undefined }) {
  const { t } = useTranslation(['environments', 'common'])
  const [opened, setOpened] = useState(false)
  const { data: environments = [] } = useEnvironments()
  if (environment === undefined) {
    return (
      <span className={classes.none}>
        <IconDatabaseOff size={16} stroke={1.6} aria-hidden />
        {t('none')}
      </span>
    )
  }
  const { name, kind } = environment
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      offset={4}
      trapFocus
      width={400}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          data-kind={kind}
          aria-label={t('choose', { name, kind: t(`common:kind.${kind}`) })}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.name}>{name}</span>
          <KindMark kind={kind} />
          <IconChevronDown size={14} stroke={2} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        {environments.length < 2 ? null : (
          <ul className={classes.list}>
            {environments.map((other) => (
              <li key={other.id}>
                <Link
                  to="/e/$environment/queues"
                  params={{ environment: other.id }}
                  className={classes.other}
                  data-kind={other.kind}
                  aria-current={other.id === environment.id ? 'true' : undefined}
                  onClick={() => setOpened(false)}
                >
                  <span className={classes.otherName}>{other.name}</span>
                  <KindMark kind={other.kind} />
                  {other.id === environment.id ? <IconCheck size={14} aria-hidden /> : null}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <EnvironmentFacts environment={environment} />
      </Popover.Dropdown>
    </Popover>
  )
}
