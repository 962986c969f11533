/** Since Node 22.14. SQLite's addon is built for it, and an older Node crashes on it without a word. */
const nodeApi = 10

/** One line about why this Node cannot run the web entry; null when it can. */
export function nodeProblem(
  versions: Readonly<{ node: string; napi?: string }> = process.versions,
): string | null {
  return Number(versions.napi ?? 0) >= nodeApi
    ? null
    : `this is Node ${versions.node}, but the web entry needs 22.14 or newer; npm start brings one`
}
