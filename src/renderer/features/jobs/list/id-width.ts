const narrowest = 72
const widest = 180
/** Of a character of the monospaced face at 12 pixels, and of what a cell has around its text. */
const perCharacter = 7.3
const around = 20

/** Pixels of a column that shows ids of so many characters: what tells long ones apart is at their end. */
export function idWidth(characters: number): number {
  return Math.min(widest, Math.max(narrowest, Math.ceil(characters * perCharacter) + around))
}
