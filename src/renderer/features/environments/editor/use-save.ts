import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { EnvironmentDetail } from '#shared/contract/environments.ts'
import type { Profile, SecretChanges, SecretKeeping } from '#shared/contract/profiles.ts'
import { client, orpc } from '../../../lib/client/index.ts'
import { hasCode } from '../../../lib/errors/has-code.ts'
import type { EditorStart } from './use-editor.ts'

interface Given {
  profile: Profile
  secrets: SecretChanges
  keep: SecretKeeping
  /** The environment's name as it is now, where protection is taken away. */
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
      return client.environments.create({ profile, secrets, keepSecrets, secretsOf })
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
    /** It takes protection away, so the environment's name must be typed. */
    asksName: hasCode(error, 'CONFIRMATION_NEEDED'),
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
