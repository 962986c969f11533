/** A thread that answers queries on mirror files. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FailurePicking, FailureQuery, MirrorReader, SearchQuery } from '#core/mirror/ports.ts'
import { QueryFiles } from './open-queries.ts'
import { serveCalls } from './serve-calls.ts'

const { going } = workerData as { going: SharedArrayBuffer }
const files = new QueryFiles(new Int32Array(going))

const methods = {
  search: (file: string, query: SearchQuery) => files.ask(file, (mirror) => mirror.search(query)),
  facets: (file: string, query: Parameters<MirrorReader['facets']>[1]) =>
    files.ask(file, (mirror) => mirror.facets(query)),
  failures: (file: string, query: FailureQuery & FailurePicking) =>
    files.ask(file, (mirror) => mirror.failures(query)),
  failure: (file: string, groups: readonly string[], query: FailureQuery) =>
    files.ask(file, (mirror) => mirror.failure(groups, query)),
  knownFailures: (file: string, groups: readonly string[]) =>
    files.ask(file, (mirror) => mirror.knownFailures(groups)),
  largestPart: (file: string, group: string) =>
    files.ask(file, (mirror) => mirror.largestPart(group)),
  release: (file: string) => files.release(file),
  close: () => files.close(),
}

if (parentPort !== null) serveCalls(parentPort, methods)
