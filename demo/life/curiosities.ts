import type { FlowMaker } from './flows.ts'
import type { Station } from './station.ts'

/** What the screens must bear every day: a payload of 1 MB and a job full of hostile content. */
export async function addCuriosities(
  stations: ReadonlyMap<string, Station>,
  flows: FlowMaker,
): Promise<void> {
  await addKind(stations.get('articles'), (name) => name.startsWith('import_feed'))
  await addKind(stations.get('seo'), (name) => name === 'import_backlinks')
  await flows.publishArticle()
}

async function addKind(station: Station | undefined, wanted: (name: string) => boolean) {
  const kind = station?.scenario.kinds.find(({ name }) => wanted(name))
  if (station !== undefined && kind !== undefined) await station.add(kind)
}
