import type { MirrorSettings } from '#shared/contract/mirror.ts'
import type { RawDetails } from '../ports.ts'
import type { SyncContext } from './context.ts'

/** Jobs whose details are read at once; their bytes are bounded beside. */
const atOnce = 100
/** A larger value is not looked into. */
const cap = 256 * 1024

/** Reads the details of the next few jobs, failed ones first. @returns whether there were any. */
export async function readNextDetails(
  { source, writer, lane, wrote }: SyncContext,
  settings: MirrorSettings,
): Promise<boolean> {
  await lane.flush()
  const next = await writer.undetailed(atOnce)
  if (next.length === 0) return false
  const payload =
    settings.payloadText === 'all' ||
    Object.values(settings.mapping).some((paths) => paths.length > 0)
  const groups = new Map<string, { queue: string; failed: boolean; ids: string[] }>()
  for (const { queue, id, failed } of next) {
    const key = `${String(failed)} ${queue}`
    const group = groups.get(key) ?? { queue, failed, ids: [] }
    group.ids.push(id)
    groups.set(key, group)
  }
  for (const { queue, failed, ids } of groups.values()) {
    const found = await source.details(queue, ids, {
      stacktrace: failed,
      payload: payload || (failed && settings.payloadText === 'failed'),
      cap,
    })
    const details = ids.map(
      (id, index): RawDetails | { id: string; missing: true } =>
        found[index] ?? { id, missing: true },
    )
    await lane.add(async () => wrote(await writer.writeDetails(queue, details)))
  }
  return true
}
