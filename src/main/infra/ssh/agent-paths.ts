import { readdirSync } from 'node:fs'

const windowsPipes = '\\\\.\\pipe\\'

/**
 * Where an agent of this user may listen, first choice first: what SSH_AUTH_SOCK names, or on Windows
 * the pipes of OpenSSH's agent and of Pageant (since 0.75).
 */
export function agentPaths(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  pipes: () => readonly string[] = () => readdirSync(windowsPipes),
): string[] {
  const named = environment['SSH_AUTH_SOCK'] ?? ''
  if (named !== '') return [named]
  if (platform !== 'win32') return []
  const user = `pageant.${(environment['USERNAME'] ?? '').toLowerCase()}.`
  const open = namesOf(pipes)
  return open
    .filter((name) => name === 'openssh-ssh-agent' || name.toLowerCase().startsWith(user))
    .sort()
    .map((name) => windowsPipes + name)
}

function namesOf(pipes: () => readonly string[]): readonly string[] {
  try {
    return pipes()
  } catch {
    return []
  }
}
