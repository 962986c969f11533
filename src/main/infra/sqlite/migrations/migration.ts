/** One numbered step. Its number is its place in the list of `index.ts`, and becomes `user_version`. */
export interface Migration {
  name: string
  sql: string
}
