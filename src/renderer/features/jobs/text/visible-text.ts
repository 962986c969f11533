/**
 * Characters that show nothing but change how the rest is read: controls, and those that turn the
 * direction of writing. Written by a stranger they make a text look like another one.
 */
const deceptive = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`,
    String.raw`\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]`,
  ].join(''),
  'gu',
)

/** The text with each such character written out, as in `⟨U+202E⟩`. */
export function visibleText(text: string): string {
  return text.replace(
    deceptive,
    (character) =>
      `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}
