export const auditWords = {} as const
