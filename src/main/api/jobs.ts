import { api, orNever } from './base.ts'

export const jobs = {
  list: api.jobs.list.handler(({ context, input }) => context.services.jobs.list(input)),
  watch: api.jobs.watch.handler(async function* ({ context, input, signal }) {
    yield* context.services.jobs.watch(input, orNever(signal))
  }),
  search: api.jobs.search.handler(({ context, input, signal }) =>
    context.services.jobSearch.search(input, signal),
  ),
  facets: api.jobs.facets.handler(({ context, input, signal }) =>
    context.services.jobSearch.facets(input, signal),
  ),
  export: api.jobs.export.handler(async function* ({ context, input, signal }) {
    yield* context.services.jobSearch.export(input, orNever(signal))
  }),
  find: api.jobs.find.handler(({ context, input }) =>
    context.services.jobs.find(input.environment, input.id),
  ),
  get: api.jobs.get.handler(({ context, input }) => context.services.jobs.get(input)),
  value: api.jobs.value.handler(({ context, input }) =>
    context.services.jobs.value(input, input.field),
  ),
  raw: api.jobs.raw.handler(({ context, input }) => context.services.jobs.raw(input)),
  logs: api.jobs.logs.handler(({ context, input }) => context.services.jobs.logs(input, input)),
  followLogs: api.jobs.followLogs.handler(async function* ({ context, input, signal }) {
    yield* context.services.jobs.followLogs(input, input.start, orNever(signal))
  }),
  preview: api.jobs.preview.handler(({ context, input }) =>
    context.services.actions.preview(input, input.action),
  ),
  retry: api.jobs.retry.handler(({ context, input }) =>
    context.services.actions.retry(context.actor, input),
  ),
  remove: api.jobs.remove.handler(({ context, input }) =>
    context.services.actions.remove(context.actor, input),
  ),
}
