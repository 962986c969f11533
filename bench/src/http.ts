import { Agent, request } from 'node:http'

export interface Reply {
  status: number
  /** Of the body, as sent. */
  bytes: number
  milliseconds: number
  body: string
}

/** One keep-alive connection to a server on loopback: requests go one after the other, as a window's do. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #origin: string
  readonly #headers: Record<string, string>

  constructor(origin: string, headers: Record<string, string> = {}) {
    this.#origin = origin
    this.#headers = headers
  }

  /** Time runs from sending the request to the last byte of the body. Throws unless the status is 2xx. */
  async send(path: string, method: 'GET' | 'POST' = 'GET', content?: object): Promise<Reply> {
    const started = performance.now()
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    const outgoing = request(
      `${this.#origin}${path}`,
      {
        agent: this.#agent,
        method,
        headers: {
          ...this.#headers,
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () => {
          const milliseconds = performance.now() - started
          const whole = Buffer.concat(chunks)
          const status = response.statusCode ?? 0
          const body = whole.toString()
          if (status >= 200 && status < 300) {
            resolve({ status, bytes: whole.length, milliseconds, body })
          } else {
            reject(new Error(`${method} ${path} answered ${status}: ${body.slice(0, 300)}`))
          }
        })
      },
    )
    outgoing.once('error', reject)
    outgoing.end(content === undefined ? undefined : JSON.stringify(content))
    return promise
  }

  async json<Body>(path: string): Promise<Body> {
    return JSON.parse((await this.send(path)).body) as Body
  }

  close() {
    this.#agent.destroy()
  }
}
