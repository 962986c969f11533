import { useEffect, useRef, useState } from 'react'
import type { ExportColumn, ExportFormat } from '#shared/contract/job-search.ts'
import { client } from '../../../lib/client/index.ts'
import { download } from '../../../lib/download.ts'
import { zone } from '../filter/zone.ts'
import type { Sort } from '../listing.ts'

export interface ExportRequest {
  environment: string
  filter: string
  sort: Sort
  format: ExportFormat
  columns: ExportColumn[]
}

export interface ExportCourse {
  rows: number
  total: number
  startedAt: number
}

const types: Record<ExportFormat, string> = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Writes what is listed to a file. What came before an error or a cancel is not kept: half a file would lie. */
export function useExport(
  onDone: (fileName: string, written: { rows: number; leftOut: number }) => void,
) {
  const [course, setCourse] = useState<ExportCourse | null>(null)
  const [error, setError] = useState<unknown>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const run = async (request: ExportRequest, signal: AbortSignal) => {
    const startedAt = Date.now()
    setError(null)
    setCourse({ rows: 0, total: 0, startedAt })
    // As blobs, which the browser may keep on disk: a million rows are hundreds of megabytes.
    const parts: Blob[] = []
    let name = ''
    let written = { rows: 0, leftOut: 0 }
    for await (const part of await client.jobs.export({ ...request, zone }, { signal })) {
      name = part.fileName
      const { rows, total } = part
      written = { rows, leftOut: total - rows }
      parts.push(new Blob([bytesOf(part.bytes)]))
      setCourse({ rows, total, startedAt })
    }
    if (signal.aborted) return
    download(name, new Blob(parts, { type: types[request.format] }))
    onDone(name, written)
  }

  return {
    /** Null while nothing is written. */
    course,
    error,
    start: (request: ExportRequest) => {
      const controller = new AbortController()
      running.current?.abort()
      running.current = controller
      run(request, controller.signal)
        .catch((failure: unknown) => {
          if (!controller.signal.aborted) setError(failure)
        })
        .finally(() => {
          if (running.current !== controller) return
          running.current = null
          setCourse(null)
        })
    },
    cancel: () => {
      running.current?.abort()
      running.current = null
      setCourse(null)
    },
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index)
  return bytes
}
