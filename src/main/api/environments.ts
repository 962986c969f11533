import { api, orNever } from './base.ts'

export const environments = {
  list: api.environments.list.handler(({ context }) => context.services.environments.list()),
  watch: api.environments.watch.handler(async function* ({ context, input, signal }) {
    yield* context.services.environments.watch(input.environment, orNever(signal))
  }),
}
