import { auditWordsFr } from '../../features/audit/words.fr.ts'
import { connectionWordsFr } from '../../features/environments/connection/words.fr.ts'
import { environmentEditorWordsFr } from '../../features/environments/editor/words.fr.ts'
import { environmentListWordsFr } from '../../features/environments/list/words.fr.ts'
import { environmentTransferWordsFr } from '../../features/environments/transfer/words.fr.ts'
import { environmentTestWordsFr } from '../../features/environments/test/words.fr.ts'
import { lockWordsFr } from '../../features/environments/lock/words.fr.ts'
import { overviewWordsFr } from '../../features/environments/overview/words.fr.ts'
import { environmentsWordsFr } from '../../features/environments/words.fr.ts'
import { failuresWordsFr } from '../../features/failures/words.fr.ts'
import { jobSearchWordsFr } from '../../features/jobs/filter/words.fr.ts'
import { jobsWordsFr } from '../../features/jobs/words.fr.ts'
import { mirrorWordsFr } from '../../features/mirror/words.fr.ts'
import { queuesWordsFr } from '../../features/queues/words.fr.ts'
import { settingsWordsFr } from '../../features/settings/words.fr.ts'
import { errorWordsFr } from '../../lib/errors/words.fr.ts'
import { commonWordsFr } from '../../lib/words/common.fr.ts'
import type { FrenchOf } from '../../lib/words/french-of.ts'
import { uiWordsFr } from '../../ui/words.fr.ts'
import { frameWordsFr } from '../frame/words.fr.ts'
import type { en } from './en.ts'

/** All French words; a key that is missing here, or is not in English, does not compile. */
export const fr: FrenchOf<typeof en> = {
  common: commonWordsFr,
  errors: errorWordsFr,
  ui: uiWordsFr,
  frame: frameWordsFr,
  environments: environmentsWordsFr,
  environmentEditor: environmentEditorWordsFr,
  environmentList: environmentListWordsFr,
  environmentTest: environmentTestWordsFr,
  environmentTransfer: environmentTransferWordsFr,
  connection: connectionWordsFr,
  lock: lockWordsFr,
  overview: overviewWordsFr,
  queues: queuesWordsFr,
  jobs: jobsWordsFr,
  jobSearch: jobSearchWordsFr,
  failures: failuresWordsFr,
  mirror: mirrorWordsFr,
  audit: auditWordsFr,
  settings: settingsWordsFr,
}
