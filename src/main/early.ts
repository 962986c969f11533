/**
 * What cannot wait until the app is ready, as a script for `electron -r`: not every runtime holds
 * `ready` back until an entry that is an ES module has been loaded.
 */
import { prepareRuntime } from './desktop/early.ts'

prepareRuntime()
