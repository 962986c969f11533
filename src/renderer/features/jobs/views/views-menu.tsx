import { Button, Menu } from '@mantine/core'
import {
  IconBookmark,
  IconBookmarkPlus,
  IconCheck,
  IconDeviceFloppy,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { View } from '#shared/contract/views.ts'
import { useEnvironment } from '../../../lib/environments.ts'
import { useErrorToast } from '../../../ui/use-error-toast.tsx'
import { useColumnsOfView } from './address-of-view.ts'
import { useViewChanges, useViews } from './use-views.ts'
import { RemoveViewDialog, RenameViewDialog, SaveViewDialog } from './view-dialogs.tsx'
import classes from './views.module.css'

type Shown = Pick<View, 'filter' | 'sort' | 'columns'>

interface ViewsMenuProps {
  environment: string
  /** What is listed now. */
  shown: Shown
  /** The view that was opened; null when there is none. */
  opened: string | null
  onOpen: (view: View) => void
  /** The list is no longer of a view. */
  onForget: () => void
}

function PlainViewsMenu({ environment, shown, opened, onOpen, onForget }: ViewsMenuProps) {
  const { t } = useTranslation('jobSearch')
  const views = useViews(environment)
  const name = useEnvironment(environment)?.name ?? environment
  const { update } = useViewChanges()
  const sayError = useErrorToast()
  const [asked, setAsked] = useState<'save' | 'rename' | 'remove' | null>(null)
  useColumnsOfView(opened, views)
  const view = views.find(({ id }) => id === opened) ?? null
  const changed = view !== null && !isShown(view, shown)
  const close = () => setAsked(null)
  return (
    <>
      <Menu position="bottom-end" width={340} transitionProps={{ duration: 0 }} withinPortal>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={14} aria-hidden />}>
            <span className={classes.label}>{view?.name ?? t('views.title')}</span>
            {changed ? <span className={classes.dirty}>&nbsp;· {t('views.changed')}</span> : null}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 ? null : <Menu.Label>{t('views.title')}</Menu.Label>}
          {views.map((each) => (
            <Menu.Item
              key={each.id}
              leftSection={
                each.id === opened ? (
                  <IconCheck size={14} aria-hidden />
                ) : (
                  <IconBookmark size={14} aria-hidden />
                )
              }
              onClick={() => onOpen(each)}
            >
              <span className={classes.item}>
                <span className={classes.name}>{each.name}</span>
                <span className={classes.filter}>{each.filter}</span>
              </span>
            </Menu.Item>
          ))}
          {views.length === 0 ? null : <Menu.Divider />}
          {view === null ? null : (
            <>
              <Menu.Item
                leftSection={<IconDeviceFloppy size={14} aria-hidden />}
                disabled={!changed}
                onClick={() => update.mutate({ view: view.id, ...shown }, { onError: sayError })}
              >
                {t('views.saveChanges', { name: view.name })}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconPencil size={14} aria-hidden />}
                onClick={() => setAsked('rename')}
              >
                {t('views.renameItem')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() => setAsked('remove')}
              >
                {t('views.removeItem')}
              </Menu.Item>
            </>
          )}
          <Menu.Item
            leftSection={<IconBookmarkPlus size={14} aria-hidden />}
            onClick={() => setAsked('save')}
          >
            {t('views.saveItem')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'save' ? (
        <SaveViewDialog
          environment={environment}
          environmentName={name}
          shown={shown}
          onSaved={(saved) => {
            close()
            onOpen(saved)
          }}
          onClose={close}
        />
      ) : null}
      {asked === 'rename' && view !== null ? (
        <RenameViewDialog view={view} onDone={close} onClose={close} />
      ) : null}
      {asked === 'remove' && view !== null ? (
        <RemoveViewDialog
          view={view}
          onDone={() => {
            close()
            onForget()
          }}
          onClose={close}
        />
      ) : null}
    </>
  )
}

/** Saved views: to open one, and to save what is listed as one. */
export const ViewsMenu = memo(PlainViewsMenu)

function isShown(view: View, shown: Shown): boolean {
  return (
    view.filter === shown.filter &&
    view.sort === shown.sort &&
    view.columns.join() === shown.columns.join()
  )
}
