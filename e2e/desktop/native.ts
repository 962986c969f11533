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
  const stub = () => app.evaluate(replaceNative, answer)
  // The inspector of Electron 33 may collect the promise of a call that has done its work.
  await stub().catch(async (error: unknown) => {
    if (!String(error).includes('garbage collected')) throw error
    return stub()
  })
  const read = () =>
    app.evaluate(() => (globalThis as unknown as { vigieNative: NativeRecord }).vigieNative)
  return {
    /** Details of the dialogs shown. */
    questions: async () => (await read()).questions,
    /** Addresses that went to the browser. */
    opened: async () => (await read()).opened,
  }
}

/** Runs in the main process, so it knows nothing of this file. */
function replaceNative(
  { dialog, shell }: typeof Electron.CrossProcessExports,
  response: number,
): void {
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
}
