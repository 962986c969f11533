import { useState } from 'react'
import type { EnvironmentDetail } from '#shared/contract/environments.ts'
import type { Profile, SecretKeeping } from '#shared/contract/profiles.ts'
import { type Draft, draftOf } from './draft.ts'
import { useDraftForm } from './form.ts'
import { type FieldProblem, type FieldProblems, problemsOfRefusal, readDraft } from './problems.ts'
import { secretChanges } from './secrets.ts'
import { useSave } from './use-save.ts'
import { useSayProblem } from './use-say-problem.ts'
import { useConnectionTest } from '../test/use-connection-test.ts'

/** What the editor begins with. */
export interface EditorStart {
  task: 'create' | 'edit' | 'duplicate'
  profile: Profile
  /** The environment that is edited or duplicated: its kept secrets are used. */
  source: EnvironmentDetail | null
  /** Fingerprint of an SSH server that was just trusted; goes into the form. */
  hostKey: string | null
}

const label = ['label', 'input', 'description', 'error'] as const

/** The form of an environment: what is typed, what is wrong with it, testing it and saving it. */
export function useEditor(start: EditorStart, onSaved: (saved: EnvironmentDetail) => void) {
  const { source } = start
  const kept = source?.secrets ?? []
  const say = useSayProblem()
  const [initial] = useState(() => draftOf(start.profile))
  const [complaint, setComplaint] = useState<{ fields: string[]; needed: boolean } | null>(null)
  const [keep, setKeep] = useState<SecretKeeping>(source?.secretsKept ?? 'keychain')

  const form = useDraftForm({
    initialValues: withHostKey(initial, start.hostKey),
    // Not on leaving a field: what is about to be clicked would move away under the pointer.
    validate: (draft) => readDraft(draft, kept).problems,
    enhanceGetInputProps: ({ inputProps, field, options }) => ({
      error: inProblem(inputProps.error) ? say(inputProps.error, field) : inputProps.error,
      ...(options.type === 'checkbox' ? {} : { inputWrapperOrder: label }),
    }),
  })
  const save = useSave(start, onSaved)
  const test = useConnectionTest()
  const [tested, setTested] = useState<Draft | null>(null)

  function complain(problems: FieldProblems, needed = false): void {
    form.setErrors(problems)
    setComplaint({ fields: Object.keys(problems), needed })
  }

  /** What the form says; null when something is wrong, which it then shows. */
  function read(): { profile: Profile; secrets: ReturnType<typeof secretChanges> } | null {
    const draft = form.getValues()
    const { profile, problems } = readDraft(draft, kept)
    if (profile === null) {
      complain(problems)
      return null
    }
    form.clearErrors()
    setComplaint(null)
    return { profile, secrets: secretChanges(draft, kept) }
  }

  /** The console has found more than the form did. */
  function showRefusal(error: unknown): void {
    const refusal = problemsOfRefusal(error)
    if (refusal === null) return
    for (const slot of refusal.secrets) {
      const { secrets } = form.getValues()
      if (secrets[slot].change === 'keep') {
        form.setFieldValue(`secrets.${slot}`, { change: 'replace', text: '' })
      }
    }
    complain(refusal.problems, refusal.secrets.length > 0)
  }

  async function submit(confirmation?: string): Promise<void> {
    const given = read()
    if (given !== null) showRefusal(await save.run({ ...given, keep, confirmation }))
  }

  async function runTest(): Promise<void> {
    const given = read()
    if (given === null) return
    setTested(form.getValues())
    const takesOver = kept.some((slot) => given.secrets[slot] === undefined)
    const environment = start.task === 'edit' || takesOver ? source?.id : undefined
    showRefusal(await test.start({ ...given, environment }))
  }

  return {
    form,
    complaint,
    /** Changed since it was opened. */
    dirty: JSON.stringify(form.values) !== JSON.stringify(initial),
    secrets: secretChanges(form.values, kept),
    keep,
    setKeep,
    save,
    submit,
    test,
    runTest,
    outdated: tested !== form.values,
    trust: (fingerprint: string) => {
      form.setFieldValue('ssh.hostKey', fingerprint)
      void runTest()
    },
  }
}

function inProblem(error: unknown): error is FieldProblem {
  return typeof error === 'string' && /^[a-z-]+$/.test(error)
}

function withHostKey(draft: Draft, hostKey: string | null): Draft {
  return hostKey === null ? draft : { ...draft, ssh: { ...draft.ssh, hostKey } }
}
