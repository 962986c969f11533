/** A console of its own process, which a test can freeze as sleep does; it ends with its parent. */
import { startTestConsole } from './web-console.ts'

const [url = ''] = process.argv.slice(2)
const console = await startTestConsole({ url, kind: 'production' })
process.once('disconnect', () => void console.close().then(() => process.exit()))
process.send?.({ origin: console.origin, token: console.token })
