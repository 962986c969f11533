import { Redis } from 'ioredis'
import { startTestRedis } from '../../test-support/redis.ts'
import { type FollowRow, followTrial, trialsOf } from './bench-follow.ts'
import { benchGuest } from './bench-guest.ts'
import { benchMirror } from './bench-mirror.ts'
import { benchScroll } from './bench-scroll.ts'
import {
  type Expectation,
  judgeFollow,
  judgeGuest,
  judgeMirror,
  judgeScroll,
} from './expectations.ts'
import { failRealJobs } from './real-jobs.ts'
import { reportFollow, reportGuest, reportMirror, reportScroll } from './report.ts'
import type { Sizes } from './sizes.ts'
import { step } from './step.ts'

export interface Alone {
  /** What is kept in `results/<part>.json`. */
  measured: object
  expectations: Expectation[]
  text: string
}

interface Asked {
  sizes: Sizes
  quick: boolean
  /** Only those trials of `follow` whose title has this text. */
  trial: string | undefined
}

/** What `--only` measures alone. */
export const alone: Record<string, (asked: Asked) => Promise<Alone>> = {
  async mirror({ sizes }) {
    const measured = await benchMirror(sizes)
    const expectations = judgeMirror(measured)
    return { measured, expectations, text: reportMirror(measured, expectations) }
  },
  async scroll({ sizes }) {
    const measured = await benchScroll(sizes)
    const expectations = judgeScroll(measured)
    return { measured, expectations, text: reportScroll(measured, expectations) }
  },
  async follow({ sizes, quick, trial }) {
    const rows: FollowRow[] = []
    for (const each of trialsOf(sizes, trial)) {
      rows.push(await step(each.title, () => followTrial(each, sizes)))
    }
    const expectations = judgeFollow(rows, quick)
    return { measured: { rows }, expectations, text: reportFollow(rows, expectations) }
  },
  async guest({ sizes }) {
    const server = await startTestRedis()
    const redis = new Redis(server.url)
    try {
      const templates = await failRealJobs(server.url, 64)
      const measured = await benchGuest(server, redis, templates, sizes)
      const expectations = judgeGuest(measured)
      return { measured, expectations, text: reportGuest(measured, expectations) }
    } finally {
      redis.disconnect()
      await server.stop()
    }
  },
}
