import { api, orNever } from './base.ts'

export const queues = {
  list: api.queues.list.handler(({ context, input }) =>
    context.services.queues.list(input.environment),
  ),
  watch: api.queues.watch.handler(async function* ({ context, input, signal }) {
    yield* context.services.queues.watch(input.environment, input.visible, orNever(signal))
  }),
  add: api.queues.add.handler(({ context, input }) =>
    context.services.queues.add(input.environment, input.queue),
  ),
  rescan: api.queues.rescan.handler(({ context, input }) =>
    context.services.queues.rescan(input.environment),
  ),
}
