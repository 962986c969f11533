import ssh2, {
  type AnyAuthMethod,
  type AuthenticationType,
  type KeyboardInteractiveAuthMethod,
} from 'ssh2'
import type { Secrets, SshSettings } from '#shared/contract/profiles.ts'
import { readPrivateKey } from './private-key.ts'
import { SshError } from './ssh-error.ts'

/** Asked by ssh2 for the next thing to try; false gives up. `offered` is null before the first try. */
export type Authentication = (
  offered: AuthenticationType[] | null,
) => AnyAuthMethod | AuthenticationType | false

/**
 * The one way to authenticate that was chosen, and no other: a password is never sent where a key was
 * meant, nor an agent's keys shown to a server that was to get a password. Each is tried once, because
 * servers count.
 *
 * @throws SshError `ssh-authentication` where a password, `ssh-key` where a key is missing, `ssh-agent`
 * without an agent. The function it returns throws `ssh-key` when the key cannot be read.
 */
export function authenticationOf(
  { username, authentication }: Pick<SshSettings, 'username' | 'authentication'>,
  secrets: Pick<Secrets, 'sshPassword' | 'sshKey' | 'sshKeyPassphrase'>,
  agents: () => readonly string[],
): Authentication {
  if (authentication === 'password') return byPassword(username, secrets.sshPassword)
  if (authentication === 'key') return byKey(username, secrets.sshKey, secrets.sshKeyPassphrase)
  return byAgent(username, agents())
}

function byPassword(username: string, password: string | undefined): Authentication {
  if (password === undefined) throw new SshError('ssh-authentication')
  let tried = false
  return (offered) => {
    // Asks what the server takes, which it tells when it refuses this.
    if (offered === null) return { type: 'none', username }
    if (tried) return false
    tried = true
    if (offered.includes('password')) return { type: 'password', username, password }
    if (offered.includes('keyboard-interactive')) return oneHiddenPrompt(username, password)
    return false
  }
}

/**
 * How many servers ask for a password. Any other question (a second factor, a new password) gets an
 * empty answer, so that the password does not end up where it is shown or kept.
 */
function oneHiddenPrompt(username: string, password: string): KeyboardInteractiveAuthMethod {
  let answered = false
  return {
    type: 'keyboard-interactive',
    username,
    prompt(_name, _instructions, _language, prompts, finish) {
      const asksForIt = !answered && prompts.length === 1 && prompts[0]?.echo === false
      answered = true
      finish(asksForIt ? [password] : prompts.map(() => ''))
    },
  }
}

function byKey(username: string, text: string | undefined, passphrase?: string): Authentication {
  if (text === undefined) throw new SshError('ssh-key')
  let tried = false
  return () => {
    if (tried) return false
    tried = true
    // Only now: it takes long, and needs not be done for a server that is not there.
    return { type: 'publickey', username, key: readPrivateKey(text, passphrase) }
  }
}

function byAgent(username: string, paths: readonly string[]): Authentication {
  if (paths.length === 0) throw new SshError('ssh-agent')
  const left = [...paths]
  return () => {
    const path = left.shift()
    if (path === undefined) return false
    return { type: 'agent', username, agent: ssh2.createAgent(path) }
  }
}
