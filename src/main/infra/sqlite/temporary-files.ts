import { resolve } from 'node:path'

/**
 * Lets SQLite write what it sorts into this folder, beside what it sorts: another disk that is full would be told as
 * trouble of a file that has none, and what was sorted is no business of a folder that all share. To be called before
 * SQLite opens its first file, since it looks once; a folder that was chosen outside stays. On Windows the user's own
 * folder is taken as ever.
 */
export function keepTemporaryFilesIn(directory: string): void {
  process.env['SQLITE_TMPDIR'] ??= resolve(directory)
}
