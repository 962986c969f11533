/** Gives a text to the operator as a file: the browser, or the desktop app's dialog, asks where to. */
export function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // It is read when the operator has chosen a place, which may take a while.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
