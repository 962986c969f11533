import { Tabs as MantineTabs } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './tabs.module.css'

export interface Tab<Name extends string> {
  name: Name
  label: string
  /** After the label, such as a count. */
  mark?: ReactNode
  content: () => ReactNode
}

interface TabsProps<Name extends string> {
  /** Names the row of tabs. */
  label: string
  tabs: readonly Tab<Name>[]
  value: Name
  onChange: (name: Name) => void
}

/** Tabs whose choice belongs to the caller (the URL). Only the open one is rendered. */
export function Tabs<Name extends string>({ label, tabs, value, onChange }: TabsProps<Name>) {
  return (
    <MantineTabs
      value={value}
      onChange={(name) => {
        const tab = tabs.find((candidate) => candidate.name === name)
        if (tab !== undefined) onChange(tab.name)
      }}
      keepMounted={false}
      classNames={{
        root: classes.root,
        list: classes.list,
        tab: classes.tab,
        panel: classes.panel,
      }}
    >
      <MantineTabs.List aria-label={label}>
        {tabs.map((tab) => (
          <MantineTabs.Tab key={tab.name} value={tab.name}>
            {tab.label}
            {tab.mark === undefined ? null : <span className={classes.mark}>{tab.mark}</span>}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {tabs.map((tab) => (
        <MantineTabs.Panel key={tab.name} value={tab.name}>
          {tab.name === value ? tab.content() : null}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  )
}
