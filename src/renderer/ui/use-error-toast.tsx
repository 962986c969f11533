import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../lib/errors/describe-error.ts'
import { toastFailure } from '../lib/toast.tsx'
import { CopyText } from './copy-text.tsx'

/** Tells of an error in a toast: what happened and what to do; for a fault of Vigie, its report id to copy. */
export function useErrorToast(): (error: unknown) => void {
  const { t } = useTranslation('ui')
  const describe = useDescribeError()
  return (error) => {
    const { title, detail, next, report } = describe(error)
    toastFailure({
      title,
      message: (
        <>
          {detail} {next}
          {report === null ? null : (
            <div>
              <CopyText text={report} what={t('copyReport')} />
            </div>
          )}
        </>
      ),
    })
  }
}
