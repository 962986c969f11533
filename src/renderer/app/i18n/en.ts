import { auditWords } from '../../features/audit/words.en.ts'
import { connectionWords } from '../../features/environments/connection/words.en.ts'
import { environmentEditorWords } from '../../features/environments/editor/words.en.ts'
import { environmentListWords } from '../../features/environments/list/words.en.ts'
import { environmentTransferWords } from '../../features/environments/transfer/words.en.ts'
import { environmentTestWords } from '../../features/environments/test/words.en.ts'
import { lockWords } from '../../features/environments/lock/words.en.ts'
import { overviewWords } from '../../features/environments/overview/words.en.ts'
import { environmentsWords } from '../../features/environments/words.en.ts'
import { failuresWords } from '../../features/failures/words.en.ts'
import { jobSearchWords } from '../../features/jobs/filter/words.en.ts'
import { jobsWords } from '../../features/jobs/words.en.ts'
import { mirrorWords } from '../../features/mirror/words.en.ts'
import { queuesWords } from '../../features/queues/words.en.ts'
import { settingsWords } from '../../features/settings/words.en.ts'
import { errorWords } from '../../lib/errors/words.en.ts'
import { commonWords } from '../../lib/words/common.en.ts'
import { uiWords } from '../../ui/words.en.ts'
import { frameWords } from '../frame/words.en.ts'

/** All English words, a namespace per feature. It sets the shape that every other language must have. */
export const en = {
  common: commonWords,
  errors: errorWords,
  ui: uiWords,
  frame: frameWords,
  environments: environmentsWords,
  environmentEditor: environmentEditorWords,
  environmentList: environmentListWords,
  environmentTest: environmentTestWords,
  environmentTransfer: environmentTransferWords,
  connection: connectionWords,
  lock: lockWords,
  overview: overviewWords,
  queues: queuesWords,
  jobs: jobsWords,
  jobSearch: jobSearchWords,
  failures: failuresWords,
  mirror: mirrorWords,
  audit: auditWords,
  settings: settingsWords,
} as const
