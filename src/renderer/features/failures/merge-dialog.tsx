import { Radio } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureGroup } from '#shared/contract/failures.ts'
import { orpc } from '../../lib/client/index.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import classes from './failures.module.css'
import { GroupName } from './group-name.tsx'

interface MergeDialogProps {
  environment: string
  /** At least two. */
  groups: readonly FailureGroup[]
  onMerged: (into: string) => void
  onClose: () => void
}

/** Asks which of the groups stands for all of them from now on. */
export function MergeDialog({ environment, groups, onMerged, onClose }: MergeDialogProps) {
  const { t } = useTranslation('failures')
  const cache = useQueryClient()
  const [biggest] = groups.toSorted((one, other) => other.count - one.count)
  const [into, setInto] = useState(biggest?.id ?? '')
  const merge = useMutation(
    orpc.failures.merge.mutationOptions({
      onSuccess: () => {
        void cache.invalidateQueries({ queryKey: orpc.failures.key() })
        onMerged(into)
      },
    }),
  )
  return (
    <ConfirmDialog
      title={t('merge.title', { count: groups.length })}
      confirmLabel={t('merge.confirm', { count: groups.length })}
      undoable
      pending={merge.isPending}
      error={merge.error}
      onConfirm={() =>
        merge.mutate({
          environment,
          group: into,
          groups: groups.map(({ id }) => id).filter((id) => id !== into),
        })
      }
      onClose={onClose}
    >
      <p>{t('merge.text')}</p>
      <Radio.Group label={t('merge.into')} value={into} onChange={setInto}>
        <div className={classes.choices}>
          {groups.map((group) => (
            <Radio
              key={group.id}
              value={group.id}
              label={
                <span className={classes.choice}>
                  <GroupName group={group} />
                </span>
              }
            />
          ))}
        </div>
      </Radio.Group>
    </ConfirmDialog>
  )
}
