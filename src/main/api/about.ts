import { api } from './base.ts'

export const about = {
  get: api.about.get.handler(({ context }) => context.services.about),
}
