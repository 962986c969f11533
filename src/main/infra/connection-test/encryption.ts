import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { Duplex } from 'node:stream'
import type { TestProblem } from '#shared/contract/connection-tests.ts'
import type { TlsSettings } from '#shared/contract/profiles.ts'
import { ConnectError } from '../redis/connect-error.ts'
import { encrypt } from '../redis/dial.ts'
import { speaksPlainly } from '../redis/other-protocol.ts'
import type { Place } from '../redis/transport.ts'
import { certificateFacts, lookAtCertificate } from './certificate.ts'
import { failureIn } from './problems.ts'
import { openPlain } from './reach.ts'
import { StepFailure, type Facts, type Finding, type Step } from './steps.ts'
import type { Visit } from './visit.ts'

/** For the handshake; the rest of the step's time is for a second look at what went wrong. */
const patience = 7000
const secondLook = 2500
const day = 24 * 60 * 60 * 1000
const soon = 21 * day

export function tlsStep(visit: Visit): Step {
  const settings = visit.profile.tls
  if (settings === null) return { name: 'tls', quiet: true, run: () => withoutTls(visit) }
  return { name: 'tls', run: (signal) => startTls(visit, settings, signal) }
}

function withoutTls({ tunnel, stream }: Visit): Promise<Finding> {
  const { remoteAddress } = stream as
    | (Duplex & { remoteAddress?: string })
    | { remoteAddress?: never }
  const leaves = tunnel === null && remoteAddress !== undefined && !isLoopback(remoteAddress)
  return Promise.resolve({ problem: leaves ? 'encryption-off' : null })
}

const isLoopback = (address: string) => /^(::ffff:)?127\.|^::1$/.test(address)

async function startTls(
  visit: Visit,
  settings: TlsSettings,
  signal: AbortSignal,
): Promise<Finding> {
  const { place, stream } = visit
  if (place === null || stream === null) throw new StepFailure('unknown')
  const secrets = await visit.secrets()
  if (settings.ca !== null && !isReadable(settings.ca)) throw new StepFailure('ca-unreadable')
  if (settings.certificate !== null && secrets.tlsKey === undefined) {
    throw new StepFailure('client-key-unreadable')
  }
  const handshake = AbortSignal.any([signal, AbortSignal.timeout(patience)])
  let socket: TLSSocket
  try {
    socket = await encrypt(stream, place, { ...(await visit.way()), tls: settings }, handshake)
  } catch (error) {
    throw await explained(visit, place, settings, failureOf(error), signal)
  }
  visit.stream = socket
  const facts = certificateFacts(socket)
  return { problem: worthKnowing(settings, facts), facts }
}

function isReadable(ca: string): boolean {
  try {
    return new X509Certificate(ca).subject !== undefined
  } catch {
    return false
  }
}

/** A failure with the certificate that was refused, or with the truth that there is no TLS at all. */
async function explained(
  visit: Visit,
  place: Place,
  settings: TlsSettings,
  failure: StepFailure,
  signal: AbortSignal,
): Promise<StepFailure> {
  const { problem } = failure
  const look = AbortSignal.any([signal, AbortSignal.timeout(secondLook)])
  if (problem.startsWith('certificate-')) {
    const stream = await openPlain(visit, place, look).catch(() => null)
    const facts = stream && (await lookAtCertificate(stream, place, settings, look))
    return new StepFailure(problem, facts ?? {})
  }
  // What it took for a command may have made it close.
  const plain = problem === 'closed' && (await speaksPlainly(place, visit.tunnel, look))
  return plain ? new StepFailure('tls-not-spoken') : failure
}

/** It speaks TLS, but no version or cipher that is safe enough. */
const noAgreement = /_ALERT_|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/

function failureOf(error: unknown): StepFailure {
  const failure = failureIn(error)
  const code = error instanceof ConnectError ? (error.code ?? '') : ''
  return failure.problem === 'tls-not-spoken' && noAgreement.test(code)
    ? new StepFailure('tls-no-agreement')
    : failure
}

function worthKnowing({ acceptAny }: TlsSettings, { validTo }: Facts): TestProblem | null {
  if (acceptAny !== null) return 'certificate-unchecked'
  const left = typeof validTo === 'string' ? new Date(validTo).getTime() - Date.now() : soon
  return left < soon ? 'certificate-expires-soon' : null
}
