/** What is read of a job beyond its index: `data.userId`, `returnvalue.metrics.cost_usd`, `progress.step`. */
export const extractedFields = [
  'user',
  'brand',
  'provider',
  'model',
  'variant',
  'cost',
  'memory',
  'tokens',
  'duration',
  'checkpoint',
] as const
export type ExtractedField = (typeof extractedFields)[number]
