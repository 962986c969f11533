import * as v6 from 'bullmq'
import * as v3 from 'bullmq3'
import * as v4 from 'bullmq4'
import * as v5 from 'bullmq5'

const versions = { bullmq6: v6, bullmq5: v5, bullmq4: v4, bullmq3: v3 }
export type BullmqLibrary = keyof typeof versions

/** Every supported BullMQ. They have the same shape over four versions; v6's types stand for all. */
export const bullmqLibraries = versions as unknown as Record<BullmqLibrary, typeof v6>
