import { join } from 'node:path'
import type { Board } from './bull-board-server.ts'
import { HttpClient, type Reply } from './http.ts'
import { Server } from './server.ts'

interface BoardQueue {
  name: string
  counts: Record<string, number>
  jobs: { id: string }[]
}

/** bull-board in a process of its own, asked as its own window asks it. */
export class BullBoard {
  readonly server: Server
  readonly #client: HttpClient

  private constructor(server: Server) {
    this.server = server
    this.#client = new HttpClient(`http://127.0.0.1:${server.printed[1]}`)
  }

  static async start(url: string, boards: readonly Board[]): Promise<BullBoard> {
    const server = await Server.start(join(import.meta.dirname, 'bull-board-server.ts'), {
      ready: /listening on (\d+) /,
      args: [url, ...boards.map((board) => JSON.stringify(board))],
    })
    return new BullBoard(server)
  }

  /** What its overview asks every five seconds, with the default page size. */
  overview(path: string): Promise<Reply> {
    return this.#client.send(`${path}/api/queues?page=1&jobsPerPage=10`)
  }

  /** What the page of a queue asks every five seconds. */
  page(path: string, query: { queue: string; state: string; page: number; size: number }) {
    const parameters = new URLSearchParams({
      activeQueue: query.queue,
      status: query.state,
      page: String(query.page),
      jobsPerPage: String(query.size),
    })
    return this.#client.send(`${path}/api/queues?${parameters}`)
  }

  async stop() {
    this.#client.close()
    await this.server.stop()
  }
}

export function queuesOf(reply: Reply): BoardQueue[] {
  return (JSON.parse(reply.body) as { queues: BoardQueue[] }).queues
}
