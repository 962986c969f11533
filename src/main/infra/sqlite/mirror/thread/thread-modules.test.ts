import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { threadScript } from './thread-script.ts'

/** Loads a thread's script and tells what came with it. */
const watching = `
  const { registerHooks } = require('node:module')
  const { parentPort, workerData } = require('node:worker_threads')
  const loaded = []
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
  import(workerData.script).then(() => {
    parentPort.postMessage(loaded)
    parentPort.close()
  })`

test.each(['reader', 'writer'] as const)(
  'a %s loads neither schemas nor procedures: they take more memory than all that it does',
  async (name) => {
    const worker = new Worker(watching, {
      eval: true,
      execArgv: [],
      workerData: {
        script: threadScript(name),
        file: '/nowhere',
        prefix: 'bull',
        asked: new SharedArrayBuffer(8),
      },
    })
    const [loaded] = (await once(worker, 'message')) as [string[]]
    await once(worker, 'exit')
    expect(loaded.some((url) => url.endsWith('/mirror/open-mirror.ts'))).toBe(true)
    expect(
      loaded.filter((url) => /node_modules\/(?!better-sqlite3|bindings|file-uri)/.test(url)),
    ).toEqual([])
  },
)
