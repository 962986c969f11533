import type { FrenchOf } from '../../lib/words/french-of.ts'
import type { auditWords } from './words.en.ts'

export const auditWordsFr: FrenchOf<typeof auditWords> = {}
