import { expect, type Locator, test } from '@playwright/test'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { makeAuthority, tlsLines } from '../../test-support/certificates.ts'
import { makeSshKey } from '../../test-support/ssh-keys.ts'
import { hasSshd, startTestSshd } from '../../test-support/sshd.ts'
import { freePort, startTestRedis, type TestRedis } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { addEnvironment } from '../support/environments.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { chooseFor, dialogCalled, newEnvironment } from '../support/profiles.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let guarded: TestRedis
let running: ConsoleUnderTest

test.beforeAll(async () => {
  guarded = await startTestRedis(['requirepass right'])
  running = await startConsole()
})
test.afterAll(async () => {
  await running.stop()
  await guarded.stop()
})

const step = (form: Locator, name: string) =>
  form.getByRole('list', { name: 'Steps' }).getByRole('listitem').filter({ hasText: name })

test('what is typed is tested before it is saved, step by step', async ({ browser }) => {
  const { page, complaints, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByText('Mend what is marked, then test.')).toBeVisible()
  await form.getByLabel('Name').fill('Tried')
  await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Port', { exact: true }).fill(String(guarded.port))

  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByText('It stops at: Sign-in.')).toBeVisible()
  await expect(step(form, 'Sign-in')).toContainText('Redis wants a password.')

  await form.getByLabel('Password', { exact: true }).fill('wrong')
  await expect(form.getByText('The settings have changed since.')).toBeVisible()
  await form.getByRole('button', { name: 'Test again' }).click()
  await expect(step(form, 'Sign-in')).toContainText('Redis refuses this user or password.')
  await expect(step(form, 'Version')).toContainText('not reached')

  await form.getByLabel('Password', { exact: true }).fill('right')
  await form.getByRole('button', { name: 'Test again' }).click()
  await expect(form.getByText(/^It works\./)).toBeVisible()
  await expect(step(form, 'Version')).toContainText(/\d+\.\d+/)
  await expect(step(form, 'Memory')).toContainText('noeviction')
  await expect(step(form, 'Persistence')).toContainText('Redis keeps nothing on disk')
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('nothing that listens, and no such name, each say what to do', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await form.getByLabel('Name').fill('Nowhere')
  await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Port', { exact: true }).fill(String(await freePort()))
  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(step(form, 'Network')).toContainText('Check the port')
  await form.getByLabel('Host', { exact: true }).fill('no-such-host.invalid')
  await form.getByRole('button', { name: 'Test again' }).click()
  await expect(step(form, 'Name resolution')).toContainText('The host name is not known.')
  await close()
})

test('a certificate is shown, refused, and accepted with its authority', async ({ browser }) => {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-e2e-tls-'))
  const authority = makeAuthority(directory)
  const port = await freePort()
  const server = authority.issue('server')
  const redis = await startTestRedis(tlsLines(port, server, authority))
  const { page, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await form.getByLabel('Name').fill('Encrypted')
  await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Port', { exact: true }).fill(String(port))
  await form.getByLabel('Encrypt the connection (TLS)').check()
  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByText('It stops at: Encryption.')).toBeVisible()
  await expect(step(form, 'Encryption')).toContainText('not from an authority that is trusted here')
  await expect(step(form, 'Encryption')).toContainText('Valid to')
  await form.getByLabel('Authority to trust instead (CA)').fill(authority.certificate)
  await form.getByRole('button', { name: 'Test again' }).click()
  await expect(form.getByText(/^It works\./)).toBeVisible()
  await close()
  await redis.stop()
  await rm(directory, { recursive: true, force: true })
})

test('an SSH server that is not known is trusted by its fingerprint, which is then in the form', async ({
  browser,
}) => {
  test.skip(!hasSshd(), 'OpenSSH’s server is not on this machine')
  const directory = await mkdtemp(join(tmpdir(), 'vigie-e2e-ssh-'))
  const key = makeSshKey(directory, 'mine')
  const server = await startTestSshd({ authorized: [key.publicKey] })
  const { page, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await form.getByLabel('Name').fill('Behind')
  await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Port', { exact: true }).fill(String(guarded.port))
  await form.getByLabel('Password', { exact: true }).fill('right')
  await form.getByLabel('Connect through an SSH server').check()
  await form.getByLabel('SSH host').fill('127.0.0.1')
  await form.getByLabel('Port', { exact: true }).nth(1).fill(String(server.port))
  await form.getByLabel('SSH user').fill(server.username)
  const chooser = page.waitForEvent('filechooser')
  await form.getByRole('button', { name: 'Choose file…' }).click()
  await (await chooser).setFiles(key.path)
  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByText('It stops at: SSH tunnel.')).toBeVisible()
  const fingerprint = server.hostKeys[0]?.fingerprint ?? ''
  await expect(step(form, 'SSH tunnel')).toContainText(fingerprint)
  await expect(step(form, 'SSH tunnel')).toContainText('Compare its fingerprint')
  await step(form, 'SSH tunnel').getByRole('button', { name: 'Trust this key' }).click()
  await expect(form.getByText(/^It works\./)).toBeVisible()
  await expect(form.getByLabel('Trusted host key')).toHaveValue(fingerprint)
  await close()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

test('a test can be cancelled and run again', async ({ browser }) => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const { page, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await form.getByLabel('Name').fill('Silent')
  await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Port', { exact: true }).fill(String(port))
  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByText(/^Testing: /)).toBeVisible()
  await form.getByRole('button', { name: 'Cancel the test' }).click()
  await expect(form.getByText('Cancelled.')).toBeVisible()
  await form.getByLabel('Port', { exact: true }).fill(String(guarded.port))
  await form.getByRole('button', { name: 'Test again' }).click()
  await expect(form.getByText('It stops at: Sign-in.')).toBeVisible()
  await close()
  silent.close()
})

test('a saved environment is tested with the password that is kept for it', async ({ browser }) => {
  await addEnvironment(running, guarded, { name: 'Saved' }, { password: 'right' })
  const { page, close } = await visit(browser, running, '/environments')
  await chooseFor(page, 'Saved', 'Test connection…')
  const dialog = await dialogCalled(page, 'Test connection to Saved')
  await expect(dialog.getByText(/^It works\./)).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Edit…' }).click()
  await dialogCalled(page, 'Edit Saved')
  await close()
})
