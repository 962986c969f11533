import { useMutation } from '@tanstack/react-query'
import { orpc } from '../../../lib/client/index.ts'
import { useErrorToast } from '../../../ui/use-error-toast.tsx'

/** Connects to an environment, and disconnects; how it stands then is told by its health. */
export function useConnect() {
  const onError = useErrorToast()
  const connect = useMutation(orpc.environments.connect.mutationOptions({ onError }))
  const disconnect = useMutation(orpc.environments.disconnect.mutationOptions({ onError }))
  return {
    connect: (environment: string) => connect.mutate({ environment }),
    disconnect: (environment: string) => disconnect.mutate({ environment }),
  }
}
