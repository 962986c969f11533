/** A console of its own process on a data folder, for a test to kill; it ends with its parent. */
import { startTestConsole } from './web-console.ts'

const [url = '', dataDirectory = ''] = process.argv.slice(2)
const console = await startTestConsole({ url }, { dataDirectory })
process.once('disconnect', () => void console.close().then(() => process.exit()))
process.send?.('ready')
