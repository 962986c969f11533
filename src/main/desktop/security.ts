import { app, type Event, type Session, type WebContents } from 'electron'
import { isOwnBlob, isOwnUrl, origin } from './origin.ts'
import type { Report } from './report.ts'

export interface SecurityOptions {
  /** Called with an address the page wanted to leave for; it has been blocked. */
  onExternalLink: (contents: WebContents, address: string) => void
  /** Called with what was refused, for the log. */
  onRefusal: Report
}

/**
 * Denies, for every page this process will ever hold, what the console does not need. Call it before
 * the app is ready, so that no page and no session comes before it.
 */
export function hardenApp({ onExternalLink, onRefusal }: SecurityOptions): void {
  app.on('session-created', (session) => hardenSession(session, onRefusal))

  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: Event<{ url: string; isMainFrame: boolean }>) => {
      if (isAllowedNavigation(contents, event.url)) return
      event.preventDefault()
      onRefusal({ target: shorten(event.url) }, 'navigation refused')
      if (event.isMainFrame) onExternalLink(contents, event.url)
    }
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.setWindowOpenHandler(({ url }) => {
      onRefusal({ target: shorten(url) }, 'window refused')
      onExternalLink(contents, url)
      return { action: 'deny' }
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
      onRefusal({}, 'webview refused')
    })
  })

  app.on('certificate-error', (event, _contents, url, error, _certificate, decide) => {
    event.preventDefault()
    decide(false)
    onRefusal({ target: shorten(url), error }, 'certificate refused')
  })
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault()
    choose()
  })
}

/** Copying text is the one permission the console's own page has. */
function isAllowedPermission(permission: string, requester: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnUrl(requester)
}

/** Denies permissions, devices, foreign downloads and requests in one session. Twice does no harm. */
export function hardenSession(session: Session, onRefusal: SecurityOptions['onRefusal']): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) => {
    const allowed = isAllowedPermission(permission, requestingUrl)
    if (!allowed) onRefusal({ permission, target: shorten(requestingUrl) }, 'permission refused')
    decide(allowed)
  })
  session.setPermissionCheckHandler((_contents, permission, requester) =>
    isAllowedPermission(permission, requester),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    // What the console's page has made itself: the operator is asked where to, by the system's dialog.
    if (isOwnBlob(item.getURL())) return
    event.preventDefault()
    onRefusal({ target: shorten(item.getURL()) }, 'download refused')
  })
  // Beside the content security policy: this process never fetches anything for a page.
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const local = /^(?:data|blob|devtools|chrome-extension):/.test(url) || isOwnUrl(url)
    if (!local) onRefusal({ target: shorten(url) }, 'request refused')
    decide({ cancel: !local })
  })
  session.setSpellCheckerEnabled(false)
}

function isAllowedNavigation(contents: WebContents, address: string): boolean {
  if (isOwnUrl(address)) return true
  // The developer tools, where they are allowed at all, are a page of Chromium's.
  return address.startsWith('devtools://') && contents.getURL().startsWith('devtools://')
}

/** Enough to recognise an address by, without what it may carry. */
function shorten(address: string): string {
  return address.startsWith(origin)
    ? address.slice(0, 200)
    : (address.split(/[?#]/, 1)[0] ?? '').slice(0, 200)
}
