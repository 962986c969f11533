import { about } from './about.ts'
import { audit } from './audit.ts'
import { api } from './base.ts'
import { environments } from './environments.ts'
import { jobs } from './jobs.ts'
import { queues } from './queues.ts'
import { settings } from './settings.ts'

/** All handlers. A procedure of the contract without a handler does not compile. */
export const router = api.router({ about, audit, environments, jobs, queues, settings })
