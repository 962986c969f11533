import { readFile } from 'node:fs/promises'

/** What the README gives a user, without its name and password: who may only read, or act too. */
export async function documentedRights(user: 'vigie' | 'vigie-acting'): Promise<string[]> {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const line = new RegExp(`^ACL SETUSER ${user} (on) >password (.+)$`, 'm').exec(readme)
  if (line === null) throw new Error(`the README names no rights of ${user}`)
  return line.slice(1).flatMap((rules) => rules.split(' '))
}
