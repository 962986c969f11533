export interface Part {
  text: string
  /** Stands for what varied from one message to the next. */
  placeholder: boolean
}

/** A message template in parts: what is said every time, and what varied. */
export function partsOf(template: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const { 0: text, index } of template.matchAll(/<[a-z][a-z-]{0,20}>/g)) {
    if (index > from) parts.push({ text: template.slice(from, index), placeholder: false })
    parts.push({ text, placeholder: true })
    from = index + text.length
  }
  if (from < template.length) parts.push({ text: template.slice(from), placeholder: false })
  return parts
}
