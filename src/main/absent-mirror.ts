import { MirrorError, type MirrorStore, type MirrorWriter } from '#core/mirror/ports.ts'

const absent = () => Promise.reject(new MirrorError('unavailable', 'there is no mirror yet'))

/** Until the mirror's file is there. */
export function absentMirrorStore(): MirrorStore {
  return {
    writer: () => ({ open: absent, close: () => Promise.resolve() }) as unknown as MirrorWriter,
    reader: { search: absent, facets: absent, failures: absent, failure: absent, close: absent },
    exists: () => false,
    remove: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}
