/** What is read out of a job's payload, as rows, lists and files name it: first what is text of few values. */
export const extractedWords = ['user', 'brand', 'provider', 'model', 'variant'] as const
export const extractedColumns = [
  ...extractedWords,
  'cost',
  'memory',
  'tokens',
  'reported',
  'checkpoint',
] as const
