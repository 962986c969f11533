import type { ErrorData } from '#shared/errors.ts'

type TransferProblem = ErrorData<'TRANSFER_INVALID'>['problem']

const problem = {
  'not-a-transfer': 'This is not a file of exported environments.',
  'newer-version': 'A newer Vigie wrote this file. Upgrade, then import it.',
  damaged:
    'The file was changed or damaged since it was exported. Export it again, or leave the secrets out only if you trust where it came from.',
  'passphrase-needed': 'Its secrets need the passphrase they were exported with.',
  'passphrase-wrong': 'This is not the passphrase it was exported with.',
  'profile-invalid': 'An environment in this file does not hold: a field is missing or not valid.',
} as const satisfies Record<TransferProblem, string>

/** Of exporting and importing environments. */
export const environmentTransferWords = {
  exportTitle: 'Export environments',
  exportIntro: 'Writes a file that another Vigie can import.',
  which: 'Environments',
  secrets: 'Secrets',
  secretsChoice: { without: 'Left out', with: 'Encrypted' },
  withoutHint:
    'Passwords and keys stay here; whoever imports the file types their own. Names, addresses and users are readable.',
  withHint:
    'Passwords and keys are encrypted by the passphrase; names, addresses and users stay readable. Whoever has both the file and the passphrase can connect.',
  passphrase: 'Passphrase',
  passphraseHint: 'At least {{least}} characters. It cannot be recovered.',
  passphraseAgain: 'Passphrase again',
  passphraseShort: 'At least {{least}} characters.',
  passphraseDiffers: 'Not the same as above.',
  noneChosen: 'Choose at least one.',
  exportButton_one: 'Export {{count}} environment',
  exportButton_other: 'Export {{count}} environments',
  nothing: 'There is nothing to export: no environment is saved here yet.',
  importTitle: 'Import environments',
  importIntro: 'Adds the environments of an exported file. None that is here is changed.',
  drop: 'Drop a file here, or choose one.',
  choose: 'Choose file…',
  other: 'Another file…',
  contains_one: '{{name}} holds one environment,',
  contains_other: '{{name}} holds {{count}} environments,',
  sealed: 'with secrets, encrypted.',
  unsealed: 'without secrets.',
  taken: 'name taken: it gets a number',
  lockedToo: 'Those that lead to the queues of a locked environment come in locked, too.',
  empty: 'There is no environment in this file.',
  leaveOut: 'Leave the secrets out',
  leaveOutHint: 'No passphrase is needed then.',
  unconnected: 'They stay offline until you connect them.',
  importButton_one: 'Add {{count}} environment',
  importButton_other: 'Add {{count}} environments',
  imported_one: '{{count}} environment was added',
  imported_other: '{{count}} environments were added',
  importedSecrets_one: 'With one secret.',
  importedSecrets_other: 'With {{count}} secrets.',
  importedNoSecrets: 'Without secrets: type them in before you connect.',
  problem,
} as const
