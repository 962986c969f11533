import { join, resolve } from 'node:path'

/** The project's own folder. */
export const root = resolve(import.meta.dirname, '../..')

/** A file of the project. */
export const inProject = (...parts: readonly string[]): string => join(root, ...parts)

/** True on POSIX systems when this process may do anything: Chromium's sandbox refuses to run then. */
export const isRoot = (): boolean => process.getuid?.() === 0
