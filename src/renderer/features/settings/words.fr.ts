import type { FrenchOf } from '../../lib/words/french-of.ts'
import type { settingsWords } from './words.en.ts'

export const settingsWordsFr: FrenchOf<typeof settingsWords> = {}
