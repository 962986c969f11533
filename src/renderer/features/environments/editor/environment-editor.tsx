import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnvironmentDetail } from '#shared/contract/environments.ts'
import { freeName } from '#shared/domain/environment-name.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { toastSuccess } from '../../../lib/toast.tsx'
import { ErrorState, LoadingRows } from '../../../ui/states.tsx'
import { emptyProfile } from './draft.ts'
import { EditorDialog } from './editor-dialog.tsx'
import classes from './editor.module.css'
import type { EditorStart } from './use-editor.ts'

interface EnvironmentEditorProps {
  task: 'create' | 'edit' | 'duplicate' | 'saveAs'
  /** Which one is edited, duplicated or saved; null to start from nothing. */
  environment: string | null
  hostKey?: string | null
  onSaveAs: (environment: string) => void
  onClose: () => void
}

/** Sets up an environment: a new one, one that is there, or one like another. */
export function EnvironmentEditor(props: EnvironmentEditorProps) {
  const { task, environment, onClose } = props
  const { t } = useTranslation(['environmentEditor', 'ui'])
  const { data, error, refetch, isFetching } = useQuery(
    orpc.environments.get.queryOptions({
      input: { environment: environment ?? '' },
      enabled: environment !== null,
      // What is edited is what is set up now, and stays so while it is edited.
      gcTime: 0,
      staleTime: Infinity,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    }),
  )
  const names = (useEnvironments().data ?? []).map(({ name }) => name)
  const saved = useSaved(task === 'edit', onClose)
  if (environment === null) {
    const start: EditorStart = {
      task: 'create',
      profile: emptyProfile,
      source: null,
      hostKey: null,
    }
    return <EditorDialog start={start} title={t('create')} onSaved={saved} onClose={onClose} />
  }
  if (data === undefined) {
    return (
      <Modal
        opened
        centered
        size={480}
        title={t(error === null ? 'loading' : 'create')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
        onClose={onClose}
      >
        {error === null ? (
          <LoadingRows rows={6} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} />
        )}
      </Modal>
    )
  }
  if (task === 'edit' && !data.saved) {
    return <Unsaved detail={data} onSaveAs={() => props.onSaveAs(data.id)} onClose={onClose} />
  }
  return (
    <EditorDialog
      start={startOf(task, data, props.hostKey ?? null, (name) =>
        freeName(task === 'duplicate' ? t('copyName', { name }) : name, names),
      )}
      title={t(task, { name: data.name })}
      onSaved={saved}
      onClose={onClose}
    />
  )
}

function startOf(
  task: EnvironmentEditorProps['task'],
  detail: EnvironmentDetail,
  hostKey: string | null,
  ownName: (name: string) => string,
): EditorStart {
  const { profile } = detail
  if (task === 'edit') return { task, profile, source: detail, hostKey }
  const named = { ...profile, name: ownName(profile.name) }
  if (task === 'duplicate') return { task, profile: named, source: detail, hostKey }
  // Its secrets were given on the command line for this run: they are not made to last unasked.
  return { task: 'create', profile: named, source: null, hostKey }
}

/** Tells that it was saved. The first environment there is opens at once; another is offered. */
function useSaved(edited: boolean, onClose: () => void): (saved: EnvironmentDetail) => void {
  const { t } = useTranslation('environmentEditor')
  const navigate = useNavigate()
  const router = useRouter()
  const environments = useEnvironments().data
  const [isFirst] = useState(environments?.length === 0)
  return ({ id, name }) => {
    onClose()
    if (edited) {
      toastSuccess({ title: t('saved', { name }) })
      return
    }
    if (isFirst) {
      toastSuccess({ title: t('added', { name }) })
      void navigate({ to: '/e/$environment/queues', params: { environment: id } })
      return
    }
    // Toasts stand outside the router's tree, so the link is an ordinary one.
    const { href } = router.buildLocation({
      to: '/e/$environment/queues',
      params: { environment: id },
    })
    toastSuccess({
      title: t('added', { name }),
      message: <a href={router.history.createHref(href)}>{t('addedMessage', { name })}</a>,
    })
  }
}

interface UnsavedProps {
  detail: EnvironmentDetail
  onSaveAs: () => void
  onClose: () => void
}

function Unsaved({ detail, onSaveAs, onClose }: UnsavedProps) {
  const { t } = useTranslation(['environmentEditor', 'ui'])
  return (
    <Modal
      opened
      centered
      size={480}
      title={t('unsavedTitle', { name: detail.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      onClose={onClose}
    >
      <div className={classes.question}>
        <p>{t('unsavedText')}</p>
        <p>{t('unsavedHow')}</p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          <Button data-autofocus onClick={onSaveAs}>
            {t('saveAsButton')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
