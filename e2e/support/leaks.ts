import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Shorter parts of a secret are met by chance. */
const shortest = 8

/** How a secret may look where it was let through: as it is, and as it is commonly written. */
export function formsOf(secret: string): { form: string; bytes: Buffer }[] {
  const plain = Buffer.from(secret)
  const url = encodeURIComponent(secret)
  const texts: [string, string][] = [
    ['plain', secret],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['URL', url],
    ['URL', url.toLowerCase()],
    ['URL', encodeURI(secret)],
    ['form', url.replaceAll('%20', '+')],
    ['hex', plain.toString('hex')],
    ['hex', plain.toString('hex').toUpperCase()],
    ['HTML', secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')],
    // Inside a longer text its first and last characters are mixed with what is around.
    ...[0, 1, 2].flatMap((before): [string, string][] => {
      const around = Buffer.concat([Buffer.alloc(before), plain])
      const inside = around.toString('base64').slice(before === 0 ? 0 : before + 1, -4)
      return [
        ['base64', inside],
        ['base64url', inside.replaceAll('+', '-').replaceAll('/', '_')],
      ]
    }),
  ]
  return [
    ...texts.map(([form, text]) => ({ form, bytes: Buffer.from(text) })),
    { form: 'UTF-16', bytes: Buffer.from(secret, 'utf16le') },
  ].filter(({ bytes }) => bytes.length >= shortest)
}

/** Looks for planted secrets in whatever it is shown, and keeps the places; never what was there. */
export class Leaks {
  readonly found: string[] = []
  /** How many bytes it was shown. */
  seen = 0
  readonly #planted: { name: string; form: string; bytes: Buffer }[]

  constructor(planted: Readonly<Record<string, string>>) {
    this.#planted = Object.entries(planted).flatMap(([name, secret]) =>
      formsOf(secret).map((form) => ({ name, ...form })),
    )
  }

  look(place: string, given: string | Buffer): void {
    const bytes = typeof given === 'string' ? Buffer.from(given) : given
    this.seen += bytes.length
    for (const { name, form, bytes: secret } of this.#planted) {
      const leak = `${name} (${form}) in ${place}`
      if (bytes.includes(secret) && !this.found.includes(leak)) this.found.push(leak)
    }
  }

  /** Looks at each file below a folder, and at its name. */
  lookBelow(folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      this.look('the name of a file', path)
      if (entry.isFile()) this.look(path, readFileSync(path))
    }
  }

  /** Looks at what `ps` shows of a process, and at its variables. */
  lookAtProcess(pid: number): void {
    for (const part of ['cmdline', 'environ', 'comm']) {
      try {
        this.look(`the ${part} of a process`, readFileSync(`/proc/${pid}/${part}`))
      } catch {
        // It has ended, or this system has no such file.
      }
    }
  }
}
