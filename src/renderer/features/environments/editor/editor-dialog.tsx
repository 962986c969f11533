import { Button, Modal } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnected, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnvironmentDetail } from '#shared/contract/environments.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { Hint } from '../../../ui/hint.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { keyLabels } from '../../../ui/key-hint.tsx'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { KeychainNotice } from '../keychain-notice.tsx'
import { TestReport } from '../test/test-report.tsx'
import testClasses from '../test/test.module.css'
import { BudgetSection } from './budget-section.tsx'
import { ConfirmName } from './confirm-name.tsx'
import classes from './editor.module.css'
import { EncryptionSection } from './encryption-section.tsx'
import { focusFirstField } from './focus-field.ts'
import { EditorFactsProvider, EditorFormProvider } from './form.ts'
import { GeneralSection } from './general-section.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { RedisSection } from './redis-section.tsx'
import { SafetySection } from './safety-section.tsx'
import { SaveFailure } from './save-failure.tsx'
import { SectionLinks } from './section-links.tsx'
import { setsSecrets } from './secrets.ts'
import { TunnelSection } from './tunnel-section.tsx'
import { type EditorStart, useEditor } from './use-editor.ts'
import { useKeepPage } from './use-keep-page.ts'
import { useSectionsInSight } from './use-sections-in-sight.ts'

interface EditorDialogProps {
  start: EditorStart
  title: string
  onSaved: (saved: EnvironmentDetail) => void
  onClose: () => void
}

/** The form of an environment, with its connection test beside it. Ctrl or ⌘ Enter saves, Esc leaves. */
export function EditorDialog({ start, title, onSaved, onClose }: EditorDialogProps) {
  const { t } = useTranslation(['environmentEditor', 'environmentTest', 'ui'])
  const editor = useEditor(start, onSaved)
  const { form, save, test, complaint } = editor
  const others = useEnvironments().data ?? []
  const [leaving, setLeaving] = useState(false)
  const [testShown, setTestShown] = useState(false)
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const { current, go } = useSectionsInSight(scroller)
  useReturnFocus()
  useKeepPage(editor.dirty)

  useEffect(() => {
    if (complaint !== null && scroller !== null) focusFirstField(scroller, complaint.fields)
  }, [complaint, scroller])

  const close = () => (editor.dirty ? setLeaving(true) : onClose())
  const runTest = () => {
    setTestShown(true)
    void editor.runTest()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    const modified = event.ctrlKey || event.metaKey
    if (modified) void editor.submit()
    // Enter in a field is not "save": too much is at stake.
    if (modified || event.target instanceof HTMLInputElement) event.preventDefault()
  }
  const problems = Object.keys(form.errors)
  const { source, task } = start
  const testing = test.run?.state === 'running'

  return (
    <Modal
      opened
      centered
      size={testShown ? 1260 : 920}
      title={title}
      padding={0}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      closeOnClickOutside={false}
      closeOnEscape={!leaving && save.asksNameOf === null && !save.pending}
      classNames={{ content: classes.content, body: classes.body, header: classes.header }}
      attributes={{ content: { 'data-color': form.values.color } }}
      onClose={close}
    >
      <EditorFormProvider form={form}>
        <EditorFactsProvider
          value={{
            kept: source?.secrets ?? [],
            keptIn: source?.secretsKept ?? null,
            takesOverFrom: task === 'duplicate' ? (source?.name ?? null) : null,
            folders: [...new Set(others.flatMap(({ folder }) => folder ?? []))],
            tags: [...new Set(others.flatMap(({ tags }) => tags))],
          }}
        >
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <form
            className={classes.form}
            noValidate
            onKeyDown={onKeyDown}
            onSubmit={(event) => {
              event.preventDefault()
              void editor.submit()
            }}
          >
            <div className={classes.columns} data-testing={testShown || undefined}>
              <SectionLinks current={current} problems={problems} onGo={go} />
              <div ref={setScroller} className={classes.scroll}>
                <GeneralSection />
                <RedisSection />
                <EncryptionSection />
                <TunnelSection />
                <SafetySection />
                <BudgetSection />
              </div>
              {testShown ? (
                <section className={classes.test} aria-label={t('environmentTest:title')}>
                  <header className={classes.testHeader}>
                    <h3>{t('environmentTest:title')}</h3>
                    <IconButton
                      label={t('environmentTest:close')}
                      icon={IconX}
                      onPress={() => {
                        test.cancel()
                        setTestShown(false)
                      }}
                    />
                  </header>
                  {/* Reached by Tab, so that it can be scrolled without a mouse. */}
                  {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
                  <div className={classes.testBody} tabIndex={0}>
                    {test.run === null ? (
                      <p className={testClasses.intro}>{t('environmentTest:invalid')}</p>
                    ) : (
                      <TestReport
                        run={test.run}
                        onTrust={editor.trust}
                        outdated={!testing && editor.outdated}
                      />
                    )}
                  </div>
                </section>
              ) : null}
            </div>
            <KeychainNotice
              needed={setsSecrets(editor.secrets)}
              failed={save.keychainFailed}
              keep={editor.keep}
              keptIn={source?.secretsKept ?? null}
              onKeep={editor.setKeep}
            />
            {save.failure === null ? null : (
              <SaveFailure error={save.failure} onRetry={() => void editor.submit()} />
            )}
            <footer className={classes.footer}>
              {testing ? (
                <Button variant="default" onClick={test.cancel}>
                  {t('environmentTest:cancel')}
                </Button>
              ) : (
                <Button
                  variant="default"
                  leftSection={<IconPlugConnected size={14} aria-hidden />}
                  onClick={runTest}
                >
                  {test.run === null ? t('test') : t('environmentTest:again')}
                </Button>
              )}
              <span role="status" className={classes.invalid}>
                {complaint === null || problems.length === 0 ? null : (
                  <>
                    <IconAlertTriangle size={14} aria-hidden />
                    {complaint.needed ? t('needed') : t('invalid', { count: problems.length })}
                  </>
                )}
              </span>
              <Button variant="default" onClick={close} disabled={save.pending}>
                {t('cancel')}
              </Button>
              <Hint label={keyLabels('mod+Enter').join(' ')} position="top">
                <Button type="submit" loading={save.pending}>
                  {t(task === 'edit' ? 'save' : 'add')}
                </Button>
              </Hint>
            </footer>
          </form>
        </EditorFactsProvider>
      </EditorFormProvider>
      {leaving ? <LeaveDialog onLeave={onClose} onStay={() => setLeaving(false)} /> : null}
      {save.asksNameOf === null ? null : (
        <ConfirmName
          key={save.asksNameOf}
          environment={save.asksNameOf}
          ofItself={task === 'edit' && source?.id === save.asksNameOf}
          pending={save.pending}
          onConfirm={(name) => void editor.submit(name)}
          onClose={save.forget}
        />
      )}
    </Modal>
  )
}
