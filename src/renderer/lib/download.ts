/** Gives a file to the operator: the browser, or the desktop app's dialog, asks where to. */
export function download(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // It is read when the operator has chosen a place, which may take a while.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
