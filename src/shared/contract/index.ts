import { about } from './about.ts'
import { audit } from './audit.ts'
import { environments } from './environments.ts'
import { jobs } from './jobs.ts'
import { queues } from './queues.ts'
import { settings } from './settings.ts'

/** Every procedure of the console: the one declaration that router, clients and OpenAPI come from. */
export const contract = { about, audit, environments, jobs, queues, settings }
export type Contract = typeof contract
