/** Puts the focus on the first, in the order of the form, of these fields. */
export function focusFirstField(root: HTMLElement, fields: readonly string[]): void {
  const marked = [...root.querySelectorAll<HTMLElement>('[data-path]')]
  const first = marked.find(({ dataset }) => fields.includes(dataset['path'] ?? ''))
  if (first === undefined) return
  const field = first.matches('input,textarea,button')
    ? first
    : (first.querySelector<HTMLElement>('input:checked,input,button') ?? first)
  field.focus({ preventScroll: true })
  first.scrollIntoView({ block: 'center' })
}
