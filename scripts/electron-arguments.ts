import { join } from 'node:path'

/**
 * Command line of an Electron binary that starts the built, not packaged desktop app in `root` (the
 * project) with the console's own `flags`.
 */
export function electronArguments(root: string, flags: readonly string[]): string[] {
  // Chromium refuses to sandbox what runs as root, as in a container.
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return [...sandbox, '-r', join(root, 'out', 'preload', 'early.cjs'), root, ...flags]
}
