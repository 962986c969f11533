/** A text as a pattern of Redis (SCAN's MATCH, an ACL's keys) that matches that text alone. */
export function escapeGlob(text: string): string {
  return text.replaceAll(/[\\*?[\]]/g, String.raw`\$&`)
}
