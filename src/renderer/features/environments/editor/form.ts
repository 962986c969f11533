import { createFormContext } from '@mantine/form'
import { createContext, useContext } from 'react'
import type { SecretKeeping, SecretSlot } from '#shared/contract/profiles.ts'
import type { Draft } from './draft.ts'

/** The form that the sections are parts of. */
export const [EditorFormProvider, useEditorForm, useDraftForm] = createFormContext<Draft>()

/** What is known besides what is typed. */
export interface EditorFacts {
  /** Secrets that are kept already. */
  kept: readonly SecretSlot[]
  keptIn: SecretKeeping | null
  /** Name of the environment that a duplicate takes its secrets over from; null for any other. */
  takesOverFrom: string | null
  /** Folders and tags that other environments have. */
  folders: readonly string[]
  tags: readonly string[]
}

const Facts = createContext<EditorFacts | null>(null)
export const EditorFactsProvider = Facts.Provider

export function useEditorFacts(): EditorFacts {
  const facts = useContext(Facts)
  if (facts === null) throw new Error('Only within the editor of an environment')
  return facts
}
