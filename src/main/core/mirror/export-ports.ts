import type { ExportColumn, ExportFormat, MirrorJob } from '#shared/contract/job-search.ts'

/** A form that a result is written down in. */
export interface Encoding {
  /** Of the file's name, without a dot. */
  extension: string
  /**
   * The file's bytes, made as they are asked for: pages are taken one at a time. Throws what the pages
   * throw; ends them when it is left early.
   */
  encode(
    columns: readonly ExportColumn[],
    pages: AsyncIterable<readonly MirrorJob[]>,
  ): AsyncGenerator<Uint8Array, void, undefined>
}

export type Encodings = Readonly<Record<ExportFormat, Encoding>>
