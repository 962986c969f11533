import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../lib/client/index.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'

/** What this console is and where it keeps its files. */
export function About() {
  const { t } = useTranslation('settings')
  const { data, error, refetch } = useQuery(orpc.about.get.queryOptions())
  if (data === undefined) {
    if (error === null) return <LoadingRows rows={4} />
    return <ErrorState error={error} onRetry={() => void refetch()} />
  }
  return (
    <FactList
      facts={[
        { label: t('version'), value: data.version },
        { label: t('entry'), value: t(`entries.${data.entry}`) },
        {
          label: t('operator'),
          value: (
            <>
              {data.operator}
              <div className="dim">{t('operatorHint')}</div>
            </>
          ),
        },
        {
          label: t('dataDirectory'),
          value: (
            <>
              <CopyText text={data.dataDirectory} what={t('dataDirectory')} />
              <div className="dim">{t('dataDirectoryHint')}</div>
            </>
          ),
        },
        ...(data.entry === 'web'
          ? [
              {
                label: t('apiDocs'),
                value: (
                  <a href="./api/docs" target="_blank" rel="noreferrer">
                    {t('apiDocsLink')}
                  </a>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
