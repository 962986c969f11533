import { api } from './base.ts'

export const audit = {
  list: api.audit.list.handler(({ context, input }) => context.services.audit.list(input)),
  verify: api.audit.verify.handler(({ context }) => context.services.audit.verify()),
}
