import { BrowserWindow, dialog, shell, type WebContents } from 'electron'
import { judgeLink } from './external-links.ts'
import type { Labels } from './labels.ts'
import type { Report } from './report.ts'

/** A page may not open browser windows faster than a person clicks. Milliseconds. */
const pause = 1000

export interface LinkOpenerOptions {
  labels: () => Labels
  onRefusal: Report
}

/** Opens links in the person's browser: known hosts at once, others after asking, all else never. */
export function linkOpener({ labels, onRefusal }: LinkOpenerOptions) {
  let busyUntil = 0

  return async (contents: WebContents | null, address: string): Promise<void> => {
    const link = judgeLink(address)
    if (link.verdict === 'refuse') return onRefusal({ reason: link.reason }, 'link refused')
    if (Date.now() < busyUntil) return onRefusal({ reason: 'too fast' }, 'link refused')
    busyUntil = Number.POSITIVE_INFINITY
    try {
      if (link.verdict === 'open' || (await ask(contents, link.url, labels()))) {
        await shell.openExternal(link.url)
      }
    } finally {
      busyUntil = Date.now() + pause
    }
  }
}

async function ask(contents: WebContents | null, url: string, words: Labels): Promise<boolean> {
  const window = contents === null ? null : BrowserWindow.fromWebContents(contents)
  const question = {
    type: 'question' as const,
    message: words.linkTitle,
    detail: url,
    buttons: [words.linkOpen, words.cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  }
  const { response } = await (window === null
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(window, question))
  return response === 0
}
