// For `electron -r`: native dialogs answer themselves and are written to stderr instead.
const { dialog } = require('electron')

dialog.showMessageBox = (...given) => {
  const { message, detail } = given.at(-1)
  process.stderr.write(`DIALOG ${message}\n${detail}\n`)
  return Promise.resolve({ response: 0, checkboxChecked: false })
}
