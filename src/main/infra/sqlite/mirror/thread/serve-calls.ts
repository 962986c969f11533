import type { MessagePort } from 'node:worker_threads'
import { type Answer, type Call, endOfCalls, troubleOf } from './messages.ts'

type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

/**
 * Answers each call in its turn. `after` is told how long the call took, in milliseconds, once its answer is
 * on its way.
 */
export function serveCalls(
  port: MessagePort,
  methods: Methods,
  after: (method: string, took: number) => void = () => {},
): void {
  port.on('message', (call: Call | typeof endOfCalls) => {
    if (call === endOfCalls) {
      port.close()
      return
    }
    const began = performance.now()
    port.postMessage(answerTo(methods, call))
    after(call.method, performance.now() - began)
  })
}

function answerTo(methods: Methods, { id, method, args }: Call): Answer {
  try {
    const carryOut = methods[method]
    if (carryOut === undefined) throw new Error(`There is no method ${method}`)
    return { id, value: carryOut(...(args as never[])) }
  } catch (error) {
    return { id, trouble: troubleOf(error) }
  }
}
