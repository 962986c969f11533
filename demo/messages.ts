/** What the demo's process tells the one that forked it. */
export type DemoMessage =
  | { type: 'redis'; pid: number; directory: string | null }
  | { type: 'ready'; url: string; description: string }
  | { type: 'failed'; problem: string }
