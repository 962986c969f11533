/**
 * The process that alone talks to the keychain. Opening an entry of a Secret Service blocks the thread
 * that does it until D-Bus answers, although the calls on it are asynchronous, and a call that has begun
 * cannot be taken back; so the console does neither itself, and kills this process when it takes too long.
 */
import type { AsyncEntry } from '@napi-rs/keyring'
import type { KeychainAnswer, KeychainRequest } from './messages.ts'

/** What Electron gives a utility process in the place of Node's channel. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: KeychainRequest }) => void): void
  postMessage(answer: KeychainAnswer): void
}

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort }

if (parentPort === undefined) {
  process.on('message', (request: KeychainRequest) => {
    void answerTo(request).then((answer) => process.send?.(answer))
  })
  process.once('disconnect', () => process.exit())
} else {
  parentPort.on('message', ({ data }) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    void answerTo(data).then((answer) => parentPort.postMessage(answer))
  })
}

async function answerTo(request: KeychainRequest): Promise<KeychainAnswer> {
  const { id, text } = request
  try {
    return { id, value: await carryOut(request) }
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown'
    return { id, problem: text !== '' && problem.includes(text) ? 'refused' : problem }
  }
}

async function carryOut({ verb, service, account, text }: KeychainRequest) {
  const entry = await open(service, account)
  if (verb === 'get') return entry.getPassword()
  if (verb === 'delete') return entry.deletePassword()
  await entry.setPassword(text)
  return null
}

async function open(service: string, account: string): Promise<AsyncEntry> {
  // Only now: where the library has no binary, that is a problem to tell and no reason not to start.
  const keyring = await import('@napi-rs/keyring')
  // Pinned, since the default falls back to the kernel's keyring, which a reboot empties.
  return new keyring.AsyncEntry(service, account, { linux: { store: 'secret-service' } })
}
