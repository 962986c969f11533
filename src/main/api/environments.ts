import { api, orNever } from './base.ts'

export const environments = {
  list: api.environments.list.handler(({ context }) => context.services.environments.list()),
  watchAll: api.environments.watchAll.handler(async function* ({ context, signal }) {
    yield* context.services.environments.watchAll(orNever(signal))
  }),
  create: api.environments.create.handler(({ context, input }) =>
    context.services.profiles.create(context.actor, input),
  ),
  get: api.environments.get.handler(({ context, input }) =>
    context.services.profiles.detail(input.environment),
  ),
  update: api.environments.update.handler(({ context, input }) =>
    context.services.profiles.update(context.actor, input.environment, input),
  ),
  remove: api.environments.remove.handler(async ({ context, input }) => {
    const { environment, ...how } = input
    await context.services.profiles.remove(context.actor, environment, how)
    return { environment }
  }),
  order: api.environments.order.handler(({ context, input }) => ({
    environments: context.services.profiles.order(input.environments),
  })),
  test: api.environments.test.handler(async ({ context, input, signal }) => {
    const began = performance.now()
    const steps = context.services.profiles.test(input.environment, orNever(signal))
    return { steps: await endedSteps(steps), duration: performance.now() - began }
  }),
  testProfile: api.environments.testProfile.handler(async function* ({ context, input, signal }) {
    yield* context.services.profiles.testProfile(input, orNever(signal))
  }),
  connect: api.environments.connect.handler(({ context, input }) =>
    context.services.environments.connect(input.environment),
  ),
  disconnect: api.environments.disconnect.handler(({ context, input }) =>
    context.services.environments.disconnect(input.environment),
  ),
  unlock: api.environments.unlock.handler(({ context, input }) =>
    context.services.locks.unlock(context.actor, input.environment, input),
  ),
  lock: api.environments.lock.handler(({ context, input }) =>
    context.services.locks.lock(context.actor, input.environment),
  ),
  health: api.environments.health.handler(({ context, input }) =>
    context.services.environments.vitals(input.environment),
  ),
  watch: api.environments.watch.handler(async function* ({ context, input, signal }) {
    yield* context.services.environments.watch(input.environment, orNever(signal))
  }),
  keychain: api.environments.keychain.handler(({ context }) =>
    context.services.profiles.keychain(),
  ),
  export: api.environments.export.handler(({ context, input }) =>
    context.services.transfers.export(context.actor, input),
  ),
  import: api.environments.import.handler(({ context, input }) =>
    context.services.transfers.import(context.actor, input),
  ),
}

/** Each step as it ended; its beginning is only for those who watch. */
async function endedSteps<Step extends { status: string }>(
  steps: AsyncIterable<Step>,
): Promise<Step[]> {
  const ended: Step[] = []
  for await (const step of steps) {
    if (step.status !== 'running') ended.push(step)
  }
  return ended
}
