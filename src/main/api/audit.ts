import { api } from './base.ts'

export const audit = {
  list: api.audit.list.handler(({ context, input }) => {
    const page = context.services.audit.list(input)
    // What was recorded of an environment stays readable after it was removed.
    if (page.total === 0) context.services.environments.get(input.environment)
    return page
  }),
  verify: api.audit.verify.handler(({ context }) => context.services.audit.verify()),
}
