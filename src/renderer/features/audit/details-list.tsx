import { FactList } from '../../ui/fact-list.tsx'
import { useFormat } from '../../lib/format/use-format.ts'
import { instantOf } from './details.ts'

/** What the audit kept, field by field under its own name. */
export function DetailsList({ details }: { details: Record<string, unknown> }) {
  const format = useFormat()
  const facts = Object.entries(details).map(([name, value]) => {
    const instant = instantOf(name, value)
    return {
      label: name,
      value: (
        <span className="mono">{instant === null ? textOf(value) : format.exact(instant)}</span>
      ),
    }
  })
  return facts.length === 0 ? <span className="dim">–</span> : <FactList facts={facts} />
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}
