import { useTranslation } from 'react-i18next'
import { type CommandGroup, useAllCommands } from '../lib/commands/index.ts'
import { KeyHint } from './key-hint.tsx'
import classes from './shortcut-list.module.css'

const groups: readonly CommandGroup[] = [
  'navigation',
  'environment',
  'list',
  'job',
  'page',
  'settings',
  'help',
]

/** All commands that have keys, by group. */
export function ShortcutList() {
  const { t } = useTranslation('ui')
  const commands = useAllCommands().filter(({ shortcut }) => shortcut !== undefined)
  return (
    <div className={classes.root}>
      {groups
        .map((group) => ({ group, entries: commands.filter((command) => command.group === group) }))
        .filter(({ entries }) => entries.length > 0)
        .map(({ group, entries }) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.title}>{t(`group.${group}`)}</h3>
            <dl className={classes.list}>
              {entries.map(({ id, label, shortcut }) => (
                <div key={id} className={classes.entry}>
                  <dt>{label}</dt>
                  <dd>
                    <KeyHint shortcut={shortcut ?? ''} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
    </div>
  )
}
