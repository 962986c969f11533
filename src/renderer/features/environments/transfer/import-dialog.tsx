import { Button, FileButton, Modal } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { readContents, type TransferContents } from './contents.ts'
import { ImportForm } from './import-form.tsx'
import type { TransferProblem } from './transfer-failure.tsx'
import classes from './transfer.module.css'

interface Chosen {
  name: string
  document: string
  contents: TransferContents | TransferProblem
}

/** Adds the environments of a file, after showing what is in it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['environmentTransfer', 'ui'])
  useReturnFocus()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [over, setOver] = useState(false)
  const take = async (file: File | null | undefined) => {
    if (file === null || file === undefined) return
    const document = await file.text()
    setChosen({ name: file.name, document, contents: readContents(document) })
  }
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }
  const { contents } = chosen ?? { contents: null }
  return (
    <Modal
      opened
      centered
      size={520}
      title={t('importTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      closeOnClickOutside={false}
      onClose={onClose}
    >
      {chosen !== null && contents !== null && typeof contents !== 'string' ? (
        <ImportForm
          key={chosen.document}
          name={chosen.name}
          document={chosen.document}
          contents={contents}
          onAnother={() => setChosen(null)}
          onClose={onClose}
        />
      ) : (
        <div className={classes.form}>
          <p className={classes.intro}>{t('importIntro')}</p>
          <div
            className={classes.drop}
            data-over={over || undefined}
            onDragOver={(event) => drag(event, true)}
            onDragLeave={(event) => drag(event, false)}
            onDrop={(event) => {
              drag(event, false)
              void take(event.dataTransfer.files.item(0))
            }}
          >
            <IconFileImport size={28} stroke={1.4} aria-hidden />
            <p>{t('drop')}</p>
            <FileButton accept=".json,application/json" onChange={(file) => void take(file)}>
              {({ onClick }) => (
                <Button variant="default" data-autofocus onClick={onClick}>
                  {t('choose')}
                </Button>
              )}
            </FileButton>
          </div>
          {typeof contents === 'string' ? (
            <p role="alert" className={classes.failure}>
              <strong>{chosen?.name}:</strong> {t(`problem.${contents}`)}
            </p>
          ) : null}
          <div className={classes.buttons}>
            <Button variant="default" onClick={onClose}>
              {t('ui:cancel')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  )
}
