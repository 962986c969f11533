/** `npm run build`: builds the console, so that the next `npm start` need not. */
import { build } from './lib/build.ts'

process.exitCode = (await build()) ? 0 : 1
