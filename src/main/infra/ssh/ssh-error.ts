/** Why there is no way through the SSH server; most are reasons of a connection as they stand. */
export type SshReason =
  | 'ssh'
  | 'ssh-host-unknown'
  | 'ssh-host-changed'
  | 'ssh-authentication'
  | 'ssh-key'
  | 'ssh-agent'
  | 'unresolved'
  | 'refused'
  | 'timeout'
  | 'closed'
  | 'forward-refused'

/** Where it failed, by the names of a connection test: the tunnel itself, or the way from its server on. */
export type SshStep = 'ssh' | 'tcp'

/** The key a server showed, and those it could have shown. */
export interface ShownHostKey {
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  fingerprint: string
  /** Fingerprints of the keys that are trusted for this server; empty when it is not known. */
  expected: readonly string[]
}

const sentences: Record<SshReason, string> = {
  ssh: 'The SSH server cannot be spoken with',
  'ssh-host-unknown': 'The key of the SSH server is not known',
  'ssh-host-changed': 'The key of the SSH server is not the one that is known',
  'ssh-authentication': 'The SSH server refuses this user',
  'ssh-key': 'The private key cannot be read, or its passphrase is wrong',
  'ssh-agent': 'No SSH agent answers',
  unresolved: 'The name cannot be resolved',
  refused: 'The port is closed',
  timeout: 'No answer in time',
  closed: 'The connection was closed',
  'forward-refused': 'The SSH server does not forward connections',
}

/**
 * The only error of a tunnel. It is made of its reason alone: what ssh2 or a server say is not repeated,
 * because nobody knows what is in it.
 */
export class SshError extends Error {
  readonly reason: SshReason
  readonly step: SshStep
  /** Of the key the server showed, so that an operator can trust it; null unless that key is the reason. */
  readonly fingerprint: string | null
  readonly expected: readonly string[]

  constructor(
    reason: SshReason,
    { step = 'ssh', shown }: { step?: SshStep; shown?: ShownHostKey } = {},
  ) {
    super(sentences[reason])
    this.name = 'SshError'
    this.reason = reason
    this.step = step
    this.fingerprint = shown?.fingerprint ?? null
    this.expected = shown?.expected ?? []
  }
}
