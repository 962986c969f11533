import { FlowProducer } from 'bullmq'
import { seeded } from '../random.ts'
import { connectionOf, ignore, type DemoSettings, type Station } from './station.ts'

export interface FlowMaker {
  /** An article that is published once its images are resized and its keyword is analysed. */
  publishArticle(): Promise<void>
  /** The same with an image no one can read: its parent waits for a child that has failed for good. */
  publishWithBrokenImage(): Promise<void>
  close(): Promise<void>
}

export function openFlows(
  settings: DemoSettings,
  stations: ReadonlyMap<string, Station>,
): FlowMaker {
  const producer = new FlowProducer({ connection: connectionOf(settings.redisUrl) })
  producer.on('error', ignore)
  const random = seeded(settings.seed, 'flows')
  const station = (queue: string) => {
    const found = stations.get(queue)
    if (found === undefined) throw new Error(`the flows need the queue ${queue}`)
    return found
  }
  const node = (queue: string, name: string, change: object, fails: object) => {
    const { kind, queue: target } = station(queue)
    const { data, options } = kind(name)
    return {
      name,
      queueName: queue,
      data: { ...data(random), ...change },
      opts: {
        ...target.defaultJobOptions,
        ...options?.(random),
        ...fails,
        jobId: `${name}-${random.token(10)}`,
      },
    }
  }
  const add = async (file: string | null, whenChildFails: object) => {
    const image = file === null ? {} : { file }
    await producer.add({
      ...node('articles', 'publish_article', {}, {}),
      children: [
        node('images', 'resize_image', image, whenChildFails),
        node('images', 'resize_image', {}, whenChildFails),
        node('seo', 'seo_keyword_analysis', {}, whenChildFails),
      ],
    })
  }
  return {
    // A failed child fails its parent, else parents that nothing can finish would pile up all day.
    publishArticle: async () => add(null, { failParentOnFailure: true }),
    publishWithBrokenImage: async () =>
      add('portrait-de-famille.heic', {
        attempts: 2,
        backoff: { type: 'fixed', delay: 1000 },
        priority: 0,
      }),
    close: async () => producer.close(),
  }
}
