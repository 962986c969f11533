import { audit } from './0001-audit.ts'
import { settings } from './0002-settings.ts'
import { knownQueues } from './0003-known-queues.ts'
import { environments } from './0004-environments.ts'
import { mirror } from './0005-mirror.ts'
import type { Migration } from './migration.ts'

/** In order. Only ever append: a released step is never changed. */
export const migrations: readonly Migration[] = [audit, settings, knownQueues, environments, mirror]

export type { Migration }
