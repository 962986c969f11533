import { z } from 'zod'

export const mirrorTabs = ['status', 'settings'] as const
export type MirrorTab = (typeof mirrorTabs)[number]

/** Which part of the mirror's page is open. */
export const mirrorSearchSchema = z.object({
  tab: z.enum(mirrorTabs).optional().catch(undefined),
})
