import { Popover, UnstyledButton } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './filter.module.css'

const examples = [
  ['state:failed since:24h', 'failedToday'],
  ['queue:mail,sms name:send-*', 'lists'],
  ['"connection reset"', 'exact'],
  ['timeout -name:probe', 'words'],
  ['duration:>2s attempts:>=3', 'numbers'],
  ['since:2026-11-20T08:00 until:2026-11-20', 'dates'],
  ['is:stalled', 'is'],
  ['user:42 with:gone', 'gone'],
] as const

/** What a filter can say, by examples that can be tried. */
export function FilterHelp({ onTry }: { onTry: (filter: string) => void }) {
  const { t } = useTranslation('jobSearch')
  const [opened, setOpened] = useState(false)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={480}
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.tool}
          aria-label={t('help.title')}
          title={t('help.title')}
          onClick={() => setOpened(!opened)}
        >
          <IconHelpCircle size={16} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('help.title')}>
        <div className={classes.help}>
          <p>{t('help.intro')}</p>
          <ul className={classes.examples}>
            {examples.map(([filter, meaning]) => (
              <li key={filter}>
                <UnstyledButton
                  className={classes.example}
                  onClick={() => {
                    setOpened(false)
                    onTry(filter)
                  }}
                >
                  <code>{filter}</code>
                  <span>{t(`help.${meaning}`)}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
          <p className={classes.helpNote}>{t('help.note')}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
