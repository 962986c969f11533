import { secretSlots, type Profile, type SecretSlot } from '#shared/contract/profiles.ts'

/** Which of all secrets a change of a value puts at risk. */
type Risk<Value> = (before: Value, after: Value) => readonly SecretSlot[]
type Risks<Whole> = { [Field in keyof Whole]?: Risk<Whole[Field]> }

const none = () => []
const ofTls: readonly SecretSlot[] = ['tlsKey', 'tlsKeyPassphrase']

/**
 * What each field means for the secrets that were given under its old value. A secret is meant for the
 * whole way to a Redis and for who answers there, so what lies on the way puts all of them at risk: the
 * server of another tunnel sees each password that TLS does not hide, other sentinels say where the
 * passwords go, and a key that never leaves the console still opens doors its owner did not mean.
 *
 * Only what stands here is finer, each with its reason; any other field risks all.
 */
const risks: Required<Risks<Profile>> = {
  name: none,
  kind: none,
  color: none,
  folder: none,
  tags: none,
  deployment: (before, after) =>
    before.type === 'sentinel' && after.type === 'sentinel'
      ? risksOf(before, after, {
          // The same sentinels by the same way, asked as somebody else.
          username: () => ['sentinelPassword'],
        })
      : risksOf(before, after, {}),
  // The same Redis by the same way, which would be told the password of another user.
  username: () => ['password'],
  // The same Redis, which knows the password before it is asked for a database or a key.
  database: none,
  prefixes: none,
  tls(before, after) {
    // Nothing was hidden before, and no name is given by which another server could be reached.
    if (before === null && after?.serverName === null) return ofTls
    return risksOf(before, after, {
      // Says who this console is, not who is believed; the key is that of the old one.
      certificate: () => ofTls,
    })
  },
  ssh: (before, after) =>
    risksOf(before, after, {
      // Only when the tunnel is asked for a sign of life.
      keepAlive: none,
    }),
  access: none,
  locked: none,
  connectAtStart: none,
  budget: none,
}

/**
 * Which of the secrets kept for `before` could reach another party, or go by a weaker way, when they
 * are used for `after`: they must be given again by somebody who knows them, or removed.
 */
export function secretsAtRisk(
  before: Profile,
  after: Profile,
  kept: readonly SecretSlot[],
): SecretSlot[] {
  const atRisk = risksOf(before, after, risks)
  return secretSlots.filter((slot) => atRisk.includes(slot) && kept.includes(slot))
}

const never = () => false

/** Whether a change of each field takes away what keeps an environment from being changed by mistake. */
const weakening: { [Field in keyof Profile]: (before: Profile, after: Profile) => boolean } = {
  name: never,
  kind: (before, after) => before.kind === 'production' && after.kind !== 'production',
  color: never,
  folder: never,
  tags: never,
  deployment: never,
  username: never,
  database: never,
  prefixes: never,
  tls: never,
  ssh: never,
  access: (before, after) => before.access === 'view-only' && after.access !== 'view-only',
  locked: (before, after) => before.locked && !after.locked,
  connectAtStart: never,
  budget: never,
}

/**
 * Whether a change takes away what keeps an environment from being changed by mistake: its kind of
 * production, its lock, or its being view only. A field that nobody thought of does.
 */
export function weakens(before: Profile, after: Profile): boolean {
  return changedFields(before, after).some(
    (field) => !Object.hasOwn(weakening, field) || weakening[field](before, after),
  )
}

/** Over all fields that either has. A whole that comes or goes risks everything. */
function risksOf<Whole extends object>(
  before: Whole | null,
  after: Whole | null,
  known: Risks<NoInfer<Whole>>,
): readonly SecretSlot[] {
  if (before === null || after === null) return before === after ? [] : secretSlots
  return changedFields(before, after).flatMap((field) => {
    const risk = Object.hasOwn(known, field) ? known[field] : undefined
    return risk === undefined ? secretSlots : risk(before[field], after[field])
  })
}

/** Values that came out of one schema have one form as JSON. */
function changedFields<Whole extends object>(before: Whole, after: Whole): (keyof Whole)[] {
  const fields = Object.keys({ ...before, ...after }) as (keyof Whole)[]
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
}
