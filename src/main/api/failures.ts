import { api } from './base.ts'

export const failures = {
  list: api.failures.list.handler(({ context, input, signal }) =>
    context.services.failures.list(input, signal),
  ),
  get: api.failures.get.handler(({ context, input, signal }) =>
    context.services.failures.get(input.environment, input.group, input.window, signal),
  ),
  update: api.failures.update.handler(
    ({ context: { services, actor }, input: { environment, group, ...change } }) =>
      services.failures.update(actor, environment, group, change),
  ),
  merge: api.failures.merge.handler(({ context: { services, actor }, input }) =>
    services.failures.merge(actor, input.environment, input.group, input.groups),
  ),
  unmerge: api.failures.unmerge.handler(({ context: { services, actor }, input }) =>
    services.failures.unmerge(actor, input.environment, input.group, input.groups),
  ),
}
