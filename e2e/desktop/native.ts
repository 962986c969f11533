import type { ElectronApplication } from '@playwright/test'

interface NativeRecord {
  questions: string[]
  opened: string[]
}

/**
 * Answers native dialogs with the button of index `answer` and keeps links from reaching a real
 * browser, from now on.
 */
export async function stubNative(app: ElectronApplication, { answer }: { answer: number }) {
  await app.evaluate(({ dialog, shell }, response) => {
    const record: NativeRecord = { questions: [], opened: [] }
    Object.assign(globalThis, { vigieNative: record })
    dialog.showMessageBox = (...given: unknown[]) => {
      const { message, detail } = given.at(-1) as Electron.MessageBoxOptions
      record.questions.push(detail ?? message)
      return Promise.resolve({ response, checkboxChecked: false })
    }
    shell.openExternal = (url) => {
      record.opened.push(url)
      return Promise.resolve()
    }
  }, answer)
  const read = () =>
    app.evaluate(() => (globalThis as unknown as { vigieNative: NativeRecord }).vigieNative)
  return {
    /** Details of the dialogs shown. */
    questions: async () => (await read()).questions,
    /** Addresses that went to the browser. */
    opened: async () => (await read()).opened,
  }
}
