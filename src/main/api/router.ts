import { about } from './about.ts'
import { audit } from './audit.ts'
import { api } from './base.ts'
import { environments } from './environments.ts'
import { failures } from './failures.ts'
import { jobs } from './jobs.ts'
import { mirror } from './mirror.ts'
import { queues } from './queues.ts'
import { settings } from './settings.ts'
import { views } from './views.ts'

/** All handlers. A procedure of the contract without a handler does not compile. */
export const router = api.router({
  about,
  audit,
  environments,
  failures,
  jobs,
  mirror,
  queues,
  settings,
  views,
})
