import type { Environment } from '#shared/contract/environments.ts'

export interface Folder {
  /** Null for those outside any folder, which come first. */
  name: string | null
  environments: Environment[]
}

const words = ({ name, folder, tags, kind, address }: Environment) =>
  [name, folder ?? '', ...tags, kind, address].join(' ')

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** Those in which every part of the text occurs: in name, folder, tag, kind or address. */
export function matching(environments: readonly Environment[], text: string): Environment[] {
  const parts = fold(text).split(/\s+/u)
  return environments.filter((environment) => {
    const where = fold(words(environment))
    return parts.every((part) => where.includes(part))
  })
}

/** By folder, each where its first one stands; the operator's order within. */
export function byFolder(environments: readonly Environment[]): Folder[] {
  const folders = new Map<string | null, Environment[]>([[null, []]])
  for (const environment of environments) {
    const inside = folders.get(environment.folder)
    if (inside === undefined) folders.set(environment.folder, [environment])
    else inside.push(environment)
  }
  return [...folders]
    .map(([name, inside]) => ({ name, environments: inside }))
    .filter((folder) => folder.environments.length > 0)
}

/** The order in which they are seen, and counted by the keys that switch. */
export function inOrder(environments: readonly Environment[]): Environment[] {
  return byFolder(environments).flatMap((folder) => folder.environments)
}
