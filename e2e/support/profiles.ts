import { expect, type Locator, type Page } from '@playwright/test'

/** Opens the form of a new environment from the page of all environments. */
export async function newEnvironment(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'New environment' }).click()
  return dialogCalled(page, 'New environment')
}

/** Chooses from the menu of an environment's row. */
export async function chooseFor(page: Page, environment: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `What to do with ${environment}`, exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

export async function dialogCalled(page: Page, title: string): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: title })
  await expect(dialog).toBeVisible()
  return dialog
}

/** Pastes a text, as from another program, into a field. */
export async function paste(page: Page, field: Locator, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await field.click()
  await page.keyboard.press('Control+v')
}

/** Names of the environments in the order they stand in. */
export async function environmentNames(page: Page): Promise<string[]> {
  const menus = page.getByRole('button', { name: /^What to do with / })
  const labels = await menus.evaluateAll((buttons) =>
    buttons.map((button) => button.getAttribute('aria-label') ?? ''),
  )
  return labels.map((label) => label.replace('What to do with ', ''))
}
