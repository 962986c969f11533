/** The part of the WHATWG URL Standard that shared uses: a global of every runtime, of no library of types. */
declare class URL {
  static canParse(text: string): boolean
  constructor(text: string)
  readonly protocol: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly username: string
  readonly password: string
  readonly searchParams: { get(name: string): string | null }
}
