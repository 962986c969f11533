import { ORPCError } from '@orpc/client'
import { useTranslation } from 'react-i18next'
import { errorCatalogue, type ErrorData } from '#shared/errors.ts'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import classes from './transfer.module.css'

export type TransferProblem = ErrorData<'TRANSFER_INVALID'>['problem']

/** What the console found wrong with a file; null for any other error. */
export function transferProblem(error: unknown): TransferProblem | null {
  if (!(error instanceof ORPCError) || error.code !== 'TRANSFER_INVALID') return null
  const data = errorCatalogue.TRANSFER_INVALID.data.safeParse(error.data)
  return data.success ? data.data.problem : null
}

/** Why a file was not written or not taken in. */
export function TransferFailure({ error }: { error: unknown }) {
  const { t } = useTranslation('environmentTransfer')
  const { title, detail, next } = useDescribeError()(error)
  const problem = transferProblem(error)
  return (
    <p role="alert" className={classes.failure}>
      {problem === null ? (
        <>
          <strong>{title}.</strong> {detail} {next}
        </>
      ) : (
        t(`problem.${problem}`)
      )}
    </p>
  )
}
