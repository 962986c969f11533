/** Where a line has room, in bytes: a longer text is a payload, of which only the size is shown. */
const longestText = 16 * 1024

export const isLong = (size: number): boolean => size > longestText
export const sizeText = (size: number): string => `… (${Math.round(size / 1024)} KB)`
