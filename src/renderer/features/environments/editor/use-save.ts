import { ORPCError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { EnvironmentDetail } from '#shared/contract/environments.ts'
import type { Profile, SecretChanges, SecretKeeping } from '#shared/contract/profiles.ts'
import type { ErrorData } from '#shared/errors.ts'
import { client, orpc } from '../../../lib/client/index.ts'
import { hasCode } from '../../../lib/errors/has-code.ts'
import type { EditorStart } from './use-editor.ts'

interface Given {
  profile: Profile
  secrets: SecretChanges
  keep: SecretKeeping
  /** Name of the environment whose protection is taken away or led around. */
  confirmation?: string | undefined
}

/** Creates or changes the environment. What is wrong with a field is answered, the rest is `failure`. */
export function useSave(
  { task, source }: EditorStart,
  onSaved: (saved: EnvironmentDetail) => void,
) {
  const cache = useQueryClient()
  const mutation = useMutation({
    mutationFn: async ({ profile, secrets, keep: keepSecrets, confirmation }: Given) => {
      if (task === 'edit' && source !== null) {
        const environment = source.id
        return client.environments.update({
          environment,
          profile,
          secrets,
          keepSecrets,
          confirmation,
        })
      }
      // Secrets that are all given anew, or removed, need no place to be taken over from.
      const takesOver = source?.secrets.some((slot) => secrets[slot] === undefined) ?? false
      const secretsOf = takesOver ? source?.id : undefined
      return client.environments.create({ profile, secrets, keepSecrets, secretsOf, confirmation })
    },
    onSuccess: (saved) => {
      void cache.invalidateQueries({ queryKey: orpc.environments.get.key() })
      onSaved(saved)
    },
  })
  const { error } = mutation
  return {
    run: (given: Given): Promise<unknown> =>
      mutation.mutateAsync(given).then(
        () => null,
        (failure: unknown) => failure,
      ),
    pending: mutation.isPending,
    /** The environment whose name must be typed, as its protection is taken away or led around. */
    asksNameOf: askedAbout(error),
    keychainFailed: hasCode(error, 'KEYCHAIN_UNAVAILABLE'),
    /** Why it was not saved, unless the form itself shows it. */
    failure: hasCode(
      error,
      'CONFIRMATION_NEEDED',
      'KEYCHAIN_UNAVAILABLE',
      'PROFILE_INVALID',
      'SECRETS_NEEDED',
    )
      ? null
      : error,
    forget: mutation.reset,
  }
}

function askedAbout(error: unknown): string | null {
  if (!(error instanceof ORPCError) || !hasCode(error, 'CONFIRMATION_NEEDED')) return null
  return (error as ORPCError<string, ErrorData<'CONFIRMATION_NEEDED'>>).data.environment
}
