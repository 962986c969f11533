/** Tells the log of something refused or gone wrong. */
export type Report = (fields: object, message: string) => void
