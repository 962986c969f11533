import type { ConsoleUnderTest } from './console.ts'
import type { Leaks } from './leaks.ts'

/** What the API answered. */
export interface Answer<Body> {
  status: number
  body: Body
  text: string
}

export type Call = <Body = unknown>(
  method: string,
  path: string,
  body?: unknown,
) => Promise<Answer<Body>>

/** Calls the console's HTTP API as a script does, and shows `leaks` each answer with its headers. */
export function callerOf(running: ConsoleUnderTest, leaks: Leaks): Call {
  return async (method, path, body) => {
    const response = await fetch(`${running.origin}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${running.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      // A text is sent as it stands, to send what is no JSON.
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await response.text()
    const headers = JSON.stringify([...response.headers])
    leaks.look(`the answer to ${method} ${path.split('?')[0] ?? ''}`, `${headers}${text}`)
    const json = (response.headers.get('content-type') ?? '').includes('json')
    return { status: response.status, body: json ? JSON.parse(text) : null, text }
  }
}
