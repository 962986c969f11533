import type { TestProblem } from '#shared/contract/connection-tests.ts'
import type { ConnectionReason } from '#shared/contract/connections.ts'
import { ConnectError } from '../redis/connect-error.ts'
import { failureOf } from '../redis/failure.ts'
import { SshError, type SshReason } from '../ssh/ssh-error.ts'
import { StepFailure } from './steps.ts'

const byReason: Partial<Record<ConnectionReason, TestProblem>> = {
  refused: 'refused',
  unresolved: 'unresolved',
  timeout: 'timeout',
  closed: 'closed',
  'no-primary': 'sentinel-no-primary',
  'cluster-down': 'cluster-down',
  authentication: 'password-wrong',
  'password-needed': 'password-missing',
  permission: 'protected-mode',
  database: 'database-unknown',
  tls: 'tls-not-spoken',
  'certificate-untrusted': 'certificate-untrusted',
  'certificate-expired': 'certificate-expired',
  'certificate-wrong-name': 'certificate-wrong-name',
  'client-certificate': 'client-certificate-required',
  'not-a-cluster': 'not-a-cluster',
  'sentinel-no-answer': 'sentinel-no-answer',
  'sentinel-authentication': 'sentinel-authentication',
  'sentinel-unknown-master': 'sentinel-unknown-master',
  ssh: 'not-ssh',
  'ssh-host-unknown': 'ssh-host-unknown',
  'ssh-host-changed': 'ssh-host-changed',
  'ssh-authentication': 'ssh-authentication',
  'ssh-key': 'ssh-key-unreadable',
  'ssh-agent': 'ssh-agent-missing',
  keychain: 'keychain-unavailable',
  loading: 'loading',
  busy: 'busy',
}

const bySsh: Record<SshReason, TestProblem> = {
  ssh: 'not-ssh',
  'ssh-host-unknown': 'ssh-host-unknown',
  'ssh-host-changed': 'ssh-host-changed',
  'ssh-authentication': 'ssh-authentication',
  'ssh-key': 'ssh-key-unreadable',
  'ssh-agent': 'ssh-agent-missing',
  unresolved: 'unresolved',
  refused: 'refused',
  timeout: 'timeout',
  closed: 'closed',
  'forward-refused': 'ssh-forward-refused',
}

/** Where the code of the operating system says more than the reason made of it. */
const byCode: Record<string, TestProblem> = {
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ENOENT: 'socket-missing',
  EACCES: 'socket-denied',
  EPERM: 'socket-denied',
  ENOTSOCK: 'not-redis',
}

/** What a failure of whatever kind is for the test. Its text, which may hold a secret, is not looked at. */
export function failureIn(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error
  if (error instanceof SshError) return ofSsh(error)
  if (error instanceof ConnectError) return new StepFailure(ofConnecting(error))
  return new StepFailure(byReason[failureOf(error).reason] ?? 'unknown')
}

function ofSsh({ reason, fingerprint, expected }: SshError): StepFailure {
  return new StepFailure(bySsh[reason], {
    ...(fingerprint === null ? {} : { fingerprint }),
    ...(expected.length === 0 ? {} : { expected: [...expected] }),
  })
}

function ofConnecting({ step, reason, code }: ConnectError): TestProblem {
  // An alert comes from the server; anything else from the certificate and key themselves.
  if (reason === 'client-certificate' && code !== null && !code.includes('ALERT')) {
    return 'client-key-unreadable'
  }
  const told = code === null || step === 'tls' ? undefined : byCode[code]
  return told ?? byReason[reason] ?? 'unknown'
}
