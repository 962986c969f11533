import { app, Menu, nativeTheme, type WebContents } from 'electron'
import type { Settings } from '#shared/contract/settings.ts'
import { labelsIn, languageOf, type Labels } from './labels.ts'
import { clipboardItems, menuTemplate, type MenuOptions } from './menu.ts'

export interface Appearance {
  labels: () => Labels
  /** Gives menus and native parts the chosen language and theme. */
  apply(settings: Settings): void
  /** Cut, copy, paste and select all on the page's right mouse button. */
  offerClipboard(contents: WebContents): void
}

/** What the shell shows of its own beside the page: its menus, dialogs and native colours. */
export function keepAppearance(
  actions: Pick<MenuOptions, 'change' | 'showData' | 'openDocumentation'>,
): Appearance {
  let settings: Settings = { language: 'system', theme: 'system' }
  const labels = () => labelsIn(languageOf(settings.language, app.getLocale()))

  return {
    labels,
    apply(next) {
      settings = next
      nativeTheme.themeSource = settings.theme
      const template = menuTemplate({
        ...actions,
        settings,
        labels: labels(),
        developer: !app.isPackaged,
        platform: process.platform,
      })
      Menu.setApplicationMenu(Menu.buildFromTemplate(template))
    },
    offerClipboard(contents) {
      contents.on('context-menu', (_event, { isEditable, selectionText, editFlags }) => {
        if (!isEditable && selectionText.trim() === '') return
        const possible = {
          cut: editFlags.canCut,
          copy: editFlags.canCopy,
          paste: editFlags.canPaste,
          selectAll: editFlags.canSelectAll,
        }
        const items = clipboardItems(labels()).map(({ role, label }) => ({
          role,
          label,
          enabled: possible[role],
        }))
        Menu.buildFromTemplate(items).popup()
      })
    },
  }
}
