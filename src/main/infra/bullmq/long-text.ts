/** Where a line has room, in bytes: a longer text is a payload, of which only the size is shown. */
const longestText = 16 * 1024

export const isLong = (size: number): boolean => size > longestText
export const sizeText = (size: number): string => `… (${Math.round(size / 1024)} KB)`

/** An error within so many bytes is fetched for its beginning, which is what tells it from others. */
const longestError = 1024 * 1024

export const isLongError = (size: number): boolean => size > longestError
/** As much of a long error as a line has room for. */
export const beginningOf = (error: string): string => error.slice(0, longestText)
