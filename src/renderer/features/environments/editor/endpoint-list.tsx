import { ActionIcon, Button, Input, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { mostEndpoints, type EndpointDraft } from './draft.ts'
import classes from './editor.module.css'
import { useEditorForm } from './form.ts'
import { readPasted } from './paste.ts'

interface EndpointListProps {
  path: 'deployment.sentinels' | 'deployment.nodes'
  label: string
  description?: string
  /** What one line is called. */
  line: (number: number) => string
  add: string
  usualPort: string
}

/** Hosts with their ports, line by line. Several that are pasted into one become lines of their own. */
export function EndpointList(props: EndpointListProps) {
  const { path, label, description, line, add, usualPort } = props
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const id = useId()
  const { deployment } = form.getValues()
  const lines = path === 'deployment.nodes' ? deployment.nodes : deployment.sentinels
  const set = (next: EndpointDraft[]) => form.setFieldValue(path, next)
  return (
    <Input.Wrapper
      className={classes.wide}
      label={label}
      labelElement="div"
      labelProps={{ id }}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      description={description}
    >
      <div role="group" aria-labelledby={id} className={classes.endpoints}>
        {lines.map((endpoint, index) => {
          const name = line(index + 1)
          return (
            // Lines have nothing of their own but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className={classes.endpoint}>
              <TextInput
                aria-label={`${name}: ${t('host')}`}
                placeholder={t('host')}
                spellCheck={false}
                {...form.getInputProps(`${path}.${index}.host`)}
                onPaste={(event) => {
                  const pasted = readPasted(event.clipboardData.getData('text'), usualPort)
                  if (pasted?.type !== 'endpoints') return
                  event.preventDefault()
                  set(lines.toSpliced(index, 1, ...pasted.endpoints).slice(0, mostEndpoints))
                }}
              />
              <TextInput
                aria-label={`${name}: ${t('port')}`}
                className={classes.port}
                inputMode="numeric"
                {...form.getInputProps(`${path}.${index}.port`)}
              />
              {lines.length === 1 ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('removeLine', {
                    line: endpoint.host === '' ? name : endpoint.host,
                  })}
                  onClick={() => set(lines.toSpliced(index, 1))}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              )}
            </div>
          )
        })}
        <Button
          variant="subtle"
          size="compact-xs"
          className={classes.small}
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={lines.length >= mostEndpoints}
          onClick={() => set([...lines, { host: '', port: usualPort }])}
        >
          {add}
        </Button>
      </div>
    </Input.Wrapper>
  )
}
