let region: HTMLElement | null = null

/** Says to a screen reader what others see happen. */
export function announce(text: string): void {
  if (region === null) {
    region = document.createElement('div')
    region.setAttribute('role', 'status')
    Object.assign(region.style, {
      position: 'fixed',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    })
    document.body.append(region)
  }
  region.textContent = text
}
