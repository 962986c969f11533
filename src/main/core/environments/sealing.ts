import canonicalize from 'canonicalize'
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto'
import { scryptCosts, type Sealed } from '#shared/domain/transfer-document.ts'

/** What stands beside the sealed text, in the clear; none of it can be changed unnoticed. */
type Beside = Record<string, unknown>
type KeyDerivation = Sealed['keyDerivation']

const cipherName = 'aes-256-gcm'
const tagLength = 16

/** Seals a text by a passphrase, together with what stands beside it. */
export async function seal(
  text: string,
  passphrase: string,
  beside: Beside,
  cost: number = scryptCosts.usual,
): Promise<Sealed> {
  const keyDerivation: KeyDerivation = {
    name: 'scrypt',
    cost,
    blockSize: 8,
    parallelization: 1,
    salt: randomBytes(16).toString('base64'),
  }
  const keys = await keysOf(passphrase, keyDerivation)
  const head = {
    keyDerivation,
    check: checkOf(keys.check).toString('base64'),
    cipher: cipherName,
    initializationVector: randomBytes(12).toString('base64'),
  } as const
  const cipher = createCipheriv(
    cipherName,
    keys.cipher,
    Buffer.from(head.initializationVector, 'base64'),
    { authTagLength: tagLength },
  )
  cipher.setAAD(covered(beside, head))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const body = {
    ...head,
    text: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
  return { ...body, digest: digestOf(beside, body) }
}

/** Whether it is as it was written, as far as that can be told without the passphrase. */
export function isWhole({ digest, ...body }: Sealed, beside: Beside): boolean {
  return digest === digestOf(beside, body)
}

/** The text, or why there is none. What `sealed` says must have been looked at: it is done as told. */
export async function unseal(
  sealed: Sealed,
  passphrase: string,
  beside: Beside,
): Promise<{ text: string } | 'passphrase-wrong' | 'damaged'> {
  const { keyDerivation, check, cipher, initializationVector, text, tag } = sealed
  const keys = await keysOf(passphrase, keyDerivation)
  if (!timingSafeEqual(checkOf(keys.check), Buffer.from(check, 'base64'))) {
    return 'passphrase-wrong'
  }
  const decipher = createDecipheriv(
    cipherName,
    keys.cipher,
    Buffer.from(initializationVector, 'base64'),
    { authTagLength: tagLength },
  )
  decipher.setAAD(covered(beside, { keyDerivation, check, cipher, initializationVector }))
  decipher.setAuthTag(Buffer.from(tag, 'base64'))
  try {
    const opened = Buffer.concat([decipher.update(text, 'base64'), decipher.final()])
    return { text: opened.toString('utf8') }
  } catch {
    return 'damaged'
  }
}

/** Two keys, so that the check tells nothing about the one that encrypts. */
async function keysOf(
  passphrase: string,
  { cost, blockSize, parallelization, salt }: KeyDerivation,
): Promise<{ cipher: Buffer; check: Buffer }> {
  // One passphrase, whether a keyboard composes its accents or not.
  const typed = passphrase.normalize('NFC')
  const both = await new Promise<Buffer>((resolve, reject) => {
    scrypt(
      typed,
      Buffer.from(salt, 'base64'),
      64,
      { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    )
  })
  return { cipher: both.subarray(0, 32), check: both.subarray(32) }
}

function checkOf(key: Buffer): Buffer {
  return createHmac('sha256', key).update('vigie-environments passphrase').digest()
}

function digestOf(beside: Beside, body: object): string {
  return createHash('sha256').update(covered(beside, body)).digest('base64')
}

/** Canonical JSON (RFC 8785), so that layout and the order of fields do not matter. */
function covered(beside: Beside, encrypted: object): Buffer {
  const text = canonicalize({ ...beside, encrypted })
  if (text === undefined) throw new TypeError('not a JSON value')
  return Buffer.from(text)
}
