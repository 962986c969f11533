import type { ExportPart, FacetField, Facets, SearchPage } from '#shared/contract/job-search.ts'
import type { ExportQuery, JobFilter, JobSearchService } from '../services.ts'
import { conditionsOf } from './conditions-of.ts'
import { exportFile } from './export-file.ts'
import type { Encodings } from './export-ports.ts'
import type { Mirrors } from './mirrors.ts'
import type { MirrorReader } from './ports.ts'

export interface JobSearchParts {
  mirrors: Pick<Mirrors, 'reading'>
  reader: MirrorReader
  /** Groups that stand for others in an environment. */
  mergedOf: (environment: string) => Readonly<Record<string, readonly string[]>>
  encodings: Encodings
}

/** Jobs of all queues by what they are, out of the mirror: Redis is not asked. */
export class JobSearch implements JobSearchService {
  readonly #parts: JobSearchParts

  constructor(parts: JobSearchParts) {
    this.#parts = parts
  }

  async search(
    query: Parameters<JobSearchService['search']>[0],
    signal?: AbortSignal,
  ): Promise<SearchPage> {
    const { environment, sort, limit, cursor, offset, count } = query
    const { mirrors, reader } = this.#parts
    const asked = this.#asked(query)
    return mirrors.reading(environment, async (coverage) => {
      const page = await reader.search(
        environment,
        { ...asked, sort, limit, cursor, offset, count },
        signal,
      )
      return { ...page, coverage }
    })
  }

  async facets(
    query: JobFilter & { fields: readonly FacetField[]; limit: number },
    signal?: AbortSignal,
  ): Promise<Facets> {
    const { environment, fields, limit } = query
    const { mirrors, reader } = this.#parts
    const asked = this.#asked(query)
    return mirrors.reading(environment, async (coverage) => {
      const facets = await reader.facets(environment, { ...asked, fields, limit }, signal)
      return { ...facets, coverage }
    })
  }

  async *export(
    query: ExportQuery,
    signal: AbortSignal,
  ): AsyncGenerator<ExportPart, void, undefined> {
    const { environment, sort, format, columns } = query
    const { mirrors, reader, encodings } = this.#parts
    const asked = this.#asked(query)
    yield* exportFile({
      environment,
      search: (page) =>
        mirrors.reading(environment, () =>
          reader.search(environment, { ...asked, sort, ...page }, signal),
        ),
      columns,
      encoding: encodings[format],
      signal,
    })
  }

  #asked({ environment, filter, zone }: JobFilter) {
    return { conditions: conditionsOf(filter, zone), merged: this.#parts.mergedOf(environment) }
  }
}
