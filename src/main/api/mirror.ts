import { api, orNever } from './base.ts'

export const mirror = {
  status: api.mirror.status.handler(({ context, input }) =>
    context.services.mirror.status(input.environment),
  ),
  watch: api.mirror.watch.handler(async function* ({ context, input, signal }) {
    yield* context.services.mirror.watch(input.environment, orNever(signal))
  }),
  rebuild: api.mirror.rebuild.handler(({ context, input }) =>
    context.services.mirror.rebuild(input.environment, input.queue),
  ),
  pause: api.mirror.pause.handler(({ context, input }) =>
    context.services.mirror.pause(input.environment),
  ),
  resume: api.mirror.resume.handler(({ context, input }) =>
    context.services.mirror.resume(input.environment),
  ),
  settings: api.mirror.settings.handler(({ context, input }) =>
    context.services.mirror.settings(input.environment),
  ),
  configure: api.mirror.configure.handler(({ context, input }) =>
    context.services.mirror.configure(input.environment, input.change),
  ),
  preview: api.mirror.preview.handler(({ context, input }) =>
    context.services.mirror.preview(input, input.settings),
  ),
}
