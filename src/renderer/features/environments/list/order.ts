import type { Environment } from '#shared/contract/environments.ts'

type Listed = Pick<Environment, 'id' | 'folder'>

/**
 * Ids with one a place further up or down among those of its folder, since lists show folder by folder;
 * null when there is no such place.
 */
export function moved(list: readonly Listed[], id: string, by: -1 | 1): string[] | null {
  const folder = list.find((each) => each.id === id)?.folder
  const siblings = list.filter((each) => each.folder === folder)
  const at = siblings.findIndex((each) => each.id === id)
  const neighbour = siblings[at + by]
  if (at < 0 || neighbour === undefined) return null
  const rest = list.map((each) => each.id).filter((each) => each !== id)
  return rest.toSpliced(rest.indexOf(neighbour.id) + (by === 1 ? 1 : 0), 0, id)
}
