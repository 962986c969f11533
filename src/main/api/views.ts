import { api } from './base.ts'

export const views = {
  list: api.views.list.handler(({ context }) => context.services.views.list()),
  create: api.views.create.handler(({ context, input }) => context.services.views.create(input)),
  update: api.views.update.handler(({ context, input: { view, ...change } }) =>
    context.services.views.update(view, change),
  ),
  remove: api.views.remove.handler(({ context, input }) => {
    context.services.views.remove(input.view)
    return {}
  }),
}
