import type { MenuItemConstructorOptions } from 'electron'
import type { Settings } from '#shared/contract/settings.ts'
import type { Labels } from './labels.ts'

export interface MenuOptions {
  labels: Labels
  settings: Settings
  /** Reloading and developer tools are for development. */
  developer: boolean
  platform: NodeJS.Platform
  change: (settings: Partial<Settings>) => void
  showData: () => void
  openDocumentation: () => void
}

type Items = MenuItemConstructorOptions[]
const separator = { type: 'separator' } as const

/**
 * The application menu. Its accelerators all hold Ctrl or Cmd (or are F11), and none is Ctrl+K: the
 * page's own keys stay the page's.
 */
export function menuTemplate(options: MenuOptions): Items {
  const { labels, platform } = options
  const mac = platform === 'darwin'
  return [
    ...(mac ? [{ label: 'Vigie', submenu: applicationItems(labels) }] : []),
    { label: labels.file, submenu: fileItems(options, mac) },
    { label: labels.edit, submenu: editItems(labels) },
    { label: labels.view, submenu: viewItems(options) },
    { label: labels.window, role: 'window', submenu: windowItems(labels, mac) },
    { label: labels.help, role: 'help', submenu: helpItems(options, mac) },
  ]
}

function applicationItems(labels: Labels): Items {
  return [
    { role: 'about', label: labels.about },
    separator,
    { role: 'hide', label: labels.hide },
    { role: 'hideOthers', label: labels.hideOthers },
    { role: 'unhide', label: labels.showAll },
    separator,
    { role: 'quit', label: labels.quit },
  ]
}

function fileItems({ labels, showData }: MenuOptions, mac: boolean): Items {
  return [
    { id: 'show-data', label: labels.showData, click: showData },
    separator,
    { role: 'close', label: labels.closeWindow },
    ...(mac ? [] : [{ role: 'quit', label: labels.quit, accelerator: 'Ctrl+Q' } as const]),
  ]
}

function editItems(labels: Labels): Items {
  return [
    { role: 'undo', label: labels.undo },
    { role: 'redo', label: labels.redo },
    separator,
    ...clipboardItems(labels),
  ]
}

/** Also the context menu of the page's text. */
export function clipboardItems(labels: Labels) {
  return [
    { role: 'cut', label: labels.cut },
    { role: 'copy', label: labels.copy },
    { role: 'paste', label: labels.paste },
    { role: 'selectAll', label: labels.selectAll },
  ] as const
}

function viewItems({ labels, settings, developer, change }: MenuOptions): Items {
  const themes = [
    ['system', labels.themeSystem],
    ['light', labels.themeLight],
    ['dark', labels.themeDark],
  ] as const
  // A language is called by its own name, so that who cannot read the present one finds it.
  const languages = [
    ['system', labels.languageSystem],
    ['en', 'English'],
    ['fr', 'Français'],
  ] as const
  return [
    ...(developer
      ? [
          { role: 'reload', label: labels.reload } as const,
          { role: 'toggleDevTools', label: labels.developerTools } as const,
          separator,
        ]
      : []),
    { role: 'resetZoom', label: labels.actualSize },
    { role: 'zoomIn', label: labels.zoomIn },
    { role: 'zoomOut', label: labels.zoomOut },
    separator,
    {
      label: labels.theme,
      submenu: themes.map(([theme, label]) => ({
        id: `theme-${theme}`,
        type: 'radio' as const,
        label,
        checked: settings.theme === theme,
        click: () => change({ theme }),
      })),
    },
    {
      label: labels.language,
      submenu: languages.map(([language, label]) => ({
        id: `language-${language}`,
        type: 'radio' as const,
        label,
        checked: settings.language === language,
        click: () => change({ language }),
      })),
    },
    separator,
    { role: 'togglefullscreen', label: labels.fullScreen },
  ]
}

function windowItems(labels: Labels, mac: boolean): Items {
  return [
    { role: 'minimize', label: labels.minimize },
    { role: 'zoom', label: labels.zoomWindow },
    ...(mac ? [separator, { role: 'front', label: labels.front } as const] : []),
  ]
}

function helpItems({ labels, openDocumentation }: MenuOptions, mac: boolean): Items {
  return [
    { id: 'documentation', label: labels.documentation, click: openDocumentation },
    ...(mac ? [] : [separator, { role: 'about', label: labels.about } as const]),
  ]
}
