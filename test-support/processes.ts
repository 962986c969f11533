import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  pid: number
  parent: number
  /** True while an ended process waits for its parent to take note. */
  ended: boolean
  command: string
}

/** False once a process has ended. */
export function isAlive(pid: number): boolean {
  const found = table().find((process) => process.pid === pid)
  return found !== undefined && !found.ended
}

/** Every process that a process has started, directly or not, as far as they still have their parents. */
export function descendantsOf(pid: number): number[] {
  const all = table()
  const childrenOf = (parent: number) =>
    all.filter((process) => process.parent === parent).map((process) => process.pid)
  const found = childrenOf(pid)
  for (const child of found) found.push(...childrenOf(child))
  return found
}

/** A process's command line; empty once it has ended. */
export function commandOf(pid: number): string {
  return table().find((process) => process.pid === pid)?.command ?? ''
}

/** All processes: out of /proc where it exists, since small Linux machines have no `ps`. */
function table(): Process[] {
  if (process.platform !== 'linux') return tableOfPs()
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        // The name in parentheses may itself hold spaces and parentheses.
        const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return [{ pid: Number(name), parent: Number(parent), ended: state === 'Z', command }]
      } catch {
        // It ended between the two.
        return []
      }
    })
}

function tableOfPs(): Process[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [, pid, parent, state = '', command = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
      return { pid: Number(pid), parent: Number(parent), ended: state.startsWith('Z'), command }
    })
}
