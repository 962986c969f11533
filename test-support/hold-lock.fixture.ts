import { SqliteMirrorLocks } from '../src/main/infra/sqlite/mirror-lock.ts'

/** Holds the lock of a mirror in the folder it is given, until it is ended. */
const release = new SqliteMirrorLocks(process.argv[2] ?? '').take('staging')
process.send?.(release === null ? 'refused' : 'held')
setInterval(() => {}, 60_000)
