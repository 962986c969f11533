import { api, orNever } from './base.ts'

export const settings = {
  get: api.settings.get.handler(({ context }) => context.services.settings.get()),
  update: api.settings.update.handler(({ context, input }) =>
    context.services.settings.update(input),
  ),
  watch: api.settings.watch.handler(async function* ({ context, signal }) {
    yield* context.services.settings.watch(orNever(signal))
  }),
}
