import { about } from './about.ts'
import { audit } from './audit.ts'
import { environments } from './environments.ts'
import { failures } from './failures.ts'
import { jobSearch } from './job-search.ts'
import { jobs } from './jobs.ts'
import { mirror } from './mirror.ts'
import { queues } from './queues.ts'
import { settings } from './settings.ts'
import { views } from './views.ts'

/** Every procedure of the console: the one declaration that router, clients and OpenAPI come from. */
export const contract = {
  about,
  audit,
  environments,
  failures,
  jobs: { ...jobs, ...jobSearch },
  mirror,
  queues,
  settings,
  views,
}
export type Contract = typeof contract
