/** What the audit records, as the contract names it, with its word in the catalogue. */
const words = {
  'jobs.retry': 'retry',
  'jobs.remove': 'remove',
  'environments.create': 'createEnvironment',
  'environments.update': 'updateEnvironment',
  'environments.remove': 'removeEnvironment',
  'environments.import': 'importEnvironment',
  'environments.export': 'exportEnvironment',
  'environments.unlock': 'unlock',
  'environments.lock': 'lock',
} as const
export type ActionWord = (typeof words)[keyof typeof words]

/** The word of an action; null for one that this version does not know. */
export function wordOf(action: string): ActionWord | null {
  return Object.hasOwn(words, action) ? words[action as keyof typeof words] : null
}

/** Whether it was done to the environment itself, rather than to a job. */
export function isOfEnvironment(action: string): boolean {
  return action.startsWith('environments.')
}
