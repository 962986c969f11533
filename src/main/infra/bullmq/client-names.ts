/** Client names of CLIENT LIST, unset ones left out; made to stay cheap with thousands of clients. */
export function clientNames(list: string): string[] {
  const names: string[] = []
  const mark = ' name='
  for (let at = list.indexOf(mark); at !== -1; at = list.indexOf(mark, at)) {
    const start = at + mark.length
    const end = list.indexOf(' ', start)
    if (end > start) names.push(list.slice(start, end))
    at = start
  }
  return names
}
