import { expect, type Page } from '@playwright/test'
import { profileFor, sshFor, tlsFor } from '../../test-support/profiles.ts'
import { startTestRedis } from '../../test-support/redis.ts'
import type { ConsoleUnderTest } from './console.ts'
import { addEnvironment } from './environments.ts'
import { chooseFor, dialogCalled, newEnvironment } from './profiles.ts'

interface ProfileScreen {
  name: string
  path: '/environments'
  locale?: 'fr-FR'
  prepare: (page: Page) => Promise<void>
}

const certificate = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----'

/** Adds environments of all kinds to a console; answers how to stop their Redis. */
export async function addProfiles(running: ConsoleUnderTest): Promise<() => Promise<void>> {
  const redis = await startTestRedis(['requirepass right'])
  await addEnvironment(running, redis, { name: 'Local', tags: ['mine'] }, { password: 'right' })
  const staging = { name: 'Staging · eu-west', kind: 'staging', color: 'orange' } as const
  await addEnvironment(running, redis, { ...staging, folder: 'Shop' }, { password: 'wrong' })
  const production = profileFor({
    name: 'Production · eu-west',
    kind: 'production',
    folder: 'Shop',
    tags: ['billing', 'eu'],
    deployment: { type: 'standalone', host: 'redis.eu-west.example.com', port: 6380 },
    username: 'vigie',
    tls: tlsFor({ certificate }),
    ssh: sshFor({ host: 'bastion.example.com', username: 'ops' }),
    connectAtStart: false,
  })
  const secrets = { password: 'x', tlsKey: 'x', sshPassword: 'x' }
  await addEnvironment(running, redis, production, secrets)
  return () => redis.stop()
}

/** The screens of setting up environments, on a console with those of `addProfiles`. */
export const profileScreens: readonly ProfileScreen[] = [
  screen('profile-new', async (page) => void (await newEnvironment(page))),
  screen('profile-problems', async (page) => {
    const form = await newEnvironment(page)
    await form.getByLabel('Port', { exact: true }).fill('70000')
    await form.getByRole('button', { name: 'Add environment' }).click()
    await expect(form.getByText(/^\d fields need/)).toBeVisible()
  }),
  screen('profile-edit', (page) => edit(page)),
  screen('profile-redis', (page) => edit(page, 'Redis')),
  screen('profile-encryption', (page) => edit(page, 'Encryption')),
  screen('profile-tunnel', (page) => edit(page, 'SSH tunnel')),
  screen('profile-safety', (page) => edit(page, 'Budget')),
  screen('profile-secrets-needed', async (page) => {
    await edit(page)
    await page.getByLabel('Host', { exact: true }).fill('redis.us-east.example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(
      page.getByText(/^Where this leads, or what protects it, has changed/),
    ).toBeVisible()
  }),
  screen('profile-weaker', async (page) => {
    await edit(page)
    await page.getByRole('dialog').getByText('staging', { exact: true }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await dialogCalled(page, 'Take protection away from Production · eu-west?')
  }),
  screen('profile-leave', async (page) => {
    await (await newEnvironment(page)).getByLabel('Name').fill('Unfinished')
    await page.keyboard.press('Escape')
    await dialogCalled(page, 'Leave without saving?')
  }),
  screen('profile-delete', async (page) => {
    await chooseFor(page, 'Local', 'Delete…')
    await dialogCalled(page, 'Delete Local?')
  }),
  screen('test-passed', (page) => testBeside(page, 'Local', /^It works\./)),
  screen('test-failed', (page) => testBeside(page, 'Staging · eu-west', /^It stops at/)),
  screen('test-from-list', async (page) => {
    await chooseFor(page, 'Local', 'Test connection…')
    await expect(page.getByText(/^It works\./)).toBeVisible()
  }),
  {
    ...screen('test-french', async (page) => {
      await page.getByRole('button', { name: 'Que faire de Local' }).click()
      await page.getByRole('menuitem', { name: 'Modifier…' }).click()
      await page.getByRole('button', { name: 'Tester la connexion' }).click()
      await expect(page.getByText(/^Cela marche\./)).toBeVisible()
    }),
    locale: 'fr-FR',
  },
  screen('export', async (page) => {
    await page.getByRole('button', { name: 'Export…' }).click()
    const dialog = await dialogCalled(page, 'Export environments')
    await dialog.getByText('Encrypted', { exact: true }).click()
    await dialog.getByLabel('Passphrase', { exact: true }).fill('short')
    await dialog.getByRole('button', { name: /^Export \d/ }).click()
  }),
  screen('import', async (page) => {
    await page.getByRole('button', { name: 'Import…' }).click()
    await dialogCalled(page, 'Import environments')
  }),
  screen('import-contents', importSome),
]

function screen(name: string, prepare: (page: Page) => Promise<void>): ProfileScreen {
  return { name, path: '/environments', prepare }
}

async function edit(page: Page, section?: string): Promise<void> {
  await chooseFor(page, 'Production · eu-west', 'Edit…')
  const form = await dialogCalled(page, 'Edit Production · eu-west')
  if (section === undefined) return
  const sections = form.getByRole('navigation', { name: 'Sections' })
  await sections.getByRole('button', { name: section }).click()
}

async function testBeside(page: Page, name: string, verdict: RegExp): Promise<void> {
  await chooseFor(page, name, 'Edit…')
  const form = await dialogCalled(page, `Edit ${name}`)
  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByText(verdict)).toBeVisible()
}

/** A file that this console itself writes, with its secrets. */
async function importSome(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export…' }).click()
  const dialog = await dialogCalled(page, 'Export environments')
  await dialog.getByText('Encrypted', { exact: true }).click()
  await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse battery')
  await dialog.getByLabel('Passphrase again').fill('correct horse battery')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: /^Export \d/ }).click(),
  ])
  const path = await download.path()
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.locator('input[type=file]').setInputFiles(path)
  await expect(page.getByText(/holds 3 environments/)).toBeVisible()
}
