import { type ClientContext, type ClientLink, ORPCError } from '@orpc/client'
import { beforeEach, expect, test } from 'vitest'
import { setConnection, useConnection } from './connection.ts'
import { ConnectionLostError } from './errors.ts'
import { SwitchingLink } from './switching-link.ts'

const answering = (answer: () => Promise<unknown>): ClientLink<ClientContext> => ({ call: answer })
const call = (link: SwitchingLink, signal?: AbortSignal) =>
  link.call(['jobs', 'list'], {}, { context: {}, ...(signal === undefined ? {} : { signal }) })

beforeEach(() => {
  useConnection.setState(useConnection.getInitialState())
})

test('a call before the first contact waits for it', async () => {
  const link = new SwitchingLink()
  const answer = call(link)
  link.use(answering(() => Promise.resolve('answer')))
  setConnection('connected')
  await expect(answer).resolves.toBe('answer')
})

test('a call that waits can be aborted', async () => {
  const abort = new AbortController()
  const answer = call(new SwitchingLink(), abort.signal)
  abort.abort(new Error('left'))
  await expect(answer).rejects.toThrow('left')
})

test('once the connection was lost a call fails at once and is never sent later', async () => {
  const link = new SwitchingLink()
  link.use(null)
  setConnection('lost')
  await expect(call(link)).rejects.toMatchObject({ name: 'ConnectionLostError', sent: false })
})

test('waiting calls fail when the first contact does not come about', async () => {
  const link = new SwitchingLink()
  const answer = call(link)
  setConnection('lost')
  link.giveUp()
  await expect(answer).rejects.toBeInstanceOf(ConnectionLostError)
})

test('a call whose connection breaks says that it may have been carried out', async () => {
  const link = new SwitchingLink()
  const reply = Promise.withResolvers<unknown>()
  link.use(answering(() => reply.promise))
  setConnection('connected')
  const answer = call(link)
  link.use(null)
  setConnection('lost')
  reply.reject(new Error('peer closed'))
  await expect(answer).rejects.toMatchObject({ name: 'ConnectionLostError', sent: true })
})

test('an answer with an error of the console stays that error', async () => {
  const link = new SwitchingLink()
  const refusal = new ORPCError('JOB_ACTIVE', { data: { job: '1' } })
  link.use(answering(() => Promise.reject(refusal)))
  setConnection('connected')
  await expect(call(link)).rejects.toBe(refusal)
})
