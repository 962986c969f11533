import { articles } from './articles.ts'
import { birthdayBot } from './birthday-bot.ts'
import { images } from './images.ts'
import { legacyNewsletter } from './legacy-newsletter.ts'
import { photoAnalyze } from './photo-analyze.ts'
import { reports } from './reports.ts'
import { seo } from './seo.ts'
import { socialPublish } from './social-publish.ts'
import type { QueueScenario } from './types.ts'

/** Every queue of the demo. */
export const scenario: readonly QueueScenario[] = [
  articles,
  images,
  socialPublish,
  seo,
  photoAnalyze,
  birthdayBot,
  reports,
  legacyNewsletter,
]
