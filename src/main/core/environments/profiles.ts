import { randomBytes } from 'node:crypto'
import type { TestStep } from '#shared/contract/connection-tests.ts'
import type { EnvironmentDetail, Keychain } from '#shared/contract/environments.ts'
import type { Profile, SecretChanges, Secrets, SecretSlot } from '#shared/contract/profiles.ts'
import { isSameName } from '#shared/domain/environment-name.ts'
import { addressOf } from '#shared/domain/redis-url.ts'
import { slug } from '#shared/domain/slug.ts'
import { ConsoleError } from '#shared/errors.ts'
import { KeyedQueue } from '../actions/keyed-queue.ts'
import type { AuditRecorder } from '../audit/audit-trail.ts'
import type {
  Actor,
  EnvironmentService,
  NewProfile,
  ProfileChange,
  ProfileRemoval,
  ProfileService,
} from '../services.ts'
import { addSaved, removeSaved } from './add-saved.ts'
import { adoptStored } from './adopt-stored.ts'
import { changeSaved, movedFrom } from './change-saved.ts'
import { secretsAtRisk, weakens } from './endpoint.ts'
import { lockDetour } from './lock-detour.ts'
import type { EnvironmentOpener, ProfileStore, SecretStore } from './ports.ts'
import { changedFields, changedProfile, keptChanges } from './profile-change.ts'
import { recorded } from './recorded.ts'
import type { EnvironmentRegistry, Entry } from './registry.ts'
import { kept, withChanges } from './secret-slots.ts'

export interface ProfilesParts {
  registry: EnvironmentRegistry
  environments: Pick<EnvironmentService, 'get'>
  store: ProfileStore
  secrets: SecretStore
  opener: EnvironmentOpener
  audit: AuditRecorder
}

/**
 * What is set up about environments: every change goes to the audit, the keychain, the file and the
 * registry, in this order, so that nothing is connected of which there is no record.
 */
export class Profiles implements ProfileService {
  readonly #parts: ProfilesParts
  readonly #turns = new KeyedQueue()

  constructor(parts: ProfilesParts) {
    this.#parts = parts
  }

  detail(environment: string): EnvironmentDetail {
    const { profile, secrets, secretsKept } = this.#parts.registry.get(environment)
    return {
      ...this.#parts.environments.get(environment),
      profile,
      secrets: [...secrets],
      secretsKept,
    }
  }

  async create(actor: Actor, given: NewProfile): Promise<EnvironmentDetail> {
    const { profile, keepSecrets } = given
    this.#keepNamesApart(null, profile.name)
    this.#parts.secrets.askAgain()
    const copied =
      given.secretsOf === undefined ? {} : await this.#copiedSecrets(given.secretsOf, given)
    const secrets = withChanges(copied, given.secrets)
    const id = `${slug(profile.name, 'environment')}-${randomBytes(4).toString('hex')}`
    const detour = this.#lockDetour({ id: null, before: null, after: profile })
    const details = {
      name: profile.name,
      kind: profile.kind,
      address: addressOf(profile),
      secrets: Object.keys(secrets),
      ...(detour === null ? {} : { aroundLockOf: detour.profile.name }),
    }
    await recorded(this.#parts.audit, actor, id, 'environments.create', details, () => {
      if (detour !== null) confirm(detour, given.confirmation)
      return addSaved(this.#parts, { id, profile, ...kept(secrets, keepSecrets) }, secrets)
    })
    return this.detail(id)
  }

  /** One after the other, so that none undoes what another has just made safer. */
  update(actor: Actor, environment: string, change: ProfileChange): Promise<EnvironmentDetail> {
    return this.#turns.run(environment, () => this.#update(actor, environment, change))
  }

  remove(actor: Actor, environment: string, how: ProfileRemoval): Promise<void> {
    return this.#turns.run(environment, () => this.#remove(actor, environment, how))
  }

  async #update(
    actor: Actor,
    environment: string,
    change: ProfileChange,
  ): Promise<EnvironmentDetail> {
    const before = await adoptStored(this.#parts, environment)
    const profile = changedProfile(before.profile, change.profile)
    if (profile.name !== before.profile.name) this.#keepNamesApart(environment, profile.name)
    const weaker = weakens(before.profile, profile)
    const changes = keptChanges(before.profile, profile)
    const detour = this.#lockDetour({ id: environment, before: before.profile, after: profile })
    const details = {
      name: before.profile.name,
      fields: changedFields(before.profile, profile),
      ...(Object.keys(changes).length === 0 ? {} : { changes }),
      secrets: Object.keys(change.secrets),
      ...(weaker ? { weaker } : {}),
      ...(detour === null ? {} : { aroundLockOf: detour.profile.name }),
      ...(movedFrom(before, change) === null ? {} : { secretsKept: change.keepSecrets }),
    }
    await recorded(this.#parts.audit, actor, environment, 'environments.update', details, () => {
      // Round the lock of another is the graver of the two.
      if (detour !== null) confirm(detour, change.confirmation)
      else if (weaker) confirm(before, change.confirmation)
      this.#keepSecretsFromStrangers(before, profile, change.secrets)
      return changeSaved(this.#parts, before, profile, change)
    })
    return this.detail(environment)
  }

  async #remove(actor: Actor, environment: string, how: ProfileRemoval) {
    const before = await adoptStored(this.#parts, environment)
    const { name, kind } = before.profile
    await recorded(
      this.#parts.audit,
      actor,
      environment,
      'environments.remove',
      {
        name,
        kind,
        address: addressOf(before.profile),
        ...(how.leaveSecrets ? { leaveSecrets: true } : {}),
      },
      async () => {
        confirm(before, how.confirmation)
        await removeSaved(this.#parts, before, how)
      },
    )
  }

  order(environments: readonly string[]): string[] {
    const { store, registry } = this.#parts
    store.order(environments)
    registry.order(store.list().map(({ id }) => id))
    return registry.all().map(({ id }) => id)
  }

  keychain(): Promise<Keychain> {
    return this.#parts.secrets.keychain()
  }

  test(environment: string, signal: AbortSignal): AsyncIterable<TestStep> {
    const { profile, parts } = this.#parts.registry.get(environment)
    this.#parts.secrets.askAgain()
    return this.#parts.opener.test({ environment, profile, secrets: parts.secrets }, signal)
  }

  testProfile(
    given: { profile: Profile; secrets: SecretChanges; environment?: string | undefined },
    signal: AbortSignal,
  ): AsyncIterable<TestStep> {
    const { profile, environment } = given
    if (environment !== undefined) {
      const before = this.#parts.registry.get(environment)
      this.#keepSecretsFromStrangers(before, profile, given.secrets)
    }
    this.#parts.secrets.askAgain()
    const secrets = async (): Promise<Secrets> => {
      const kept = environment === undefined ? {} : await this.#keptFor(environment, given)
      return withChanges(kept, given.secrets)
    }
    return this.#parts.opener.test({ environment: environment ?? 'test', profile, secrets }, signal)
  }

  /** Whose lock a profile would lead around. */
  #lockDetour(change: Parameters<typeof lockDetour>[0]): Entry | null {
    return lockDetour(change, this.#parts.registry.all())
  }

  /** Nobody can choose between two environments of one name. */
  #keepNamesApart(environment: string | null, name: string): void {
    const taken = this.#parts.registry
      .all()
      .some(({ id, profile }) => id !== environment && isSameName(profile.name, name))
    if (!taken) return
    throw new ConsoleError('PROFILE_INVALID', {
      issues: [{ path: ['name'], problem: 'duplicate' }],
    })
  }

  /** A secret goes only where it was given for: whoever redirects a profile must know it. */
  #keepSecretsFromStrangers(before: Entry, after: Profile, given: SecretChanges): void {
    const atRisk = secretsAtRisk(before.profile, after, before.secrets)
    const missing = atRisk.filter((slot) => given[slot] === undefined)
    if (missing.length > 0) throw new ConsoleError('SECRETS_NEEDED', { secrets: missing })
  }

  /**
   * The secrets of an environment for a test of another profile of it. In its turn, since meanwhile they
   * may have become those of another place.
   */
  #keptFor(
    environment: string,
    { profile, secrets }: { profile: Profile; secrets: SecretChanges },
  ): Promise<Secrets> {
    return this.#turns.run(environment, async () => {
      const known = this.#parts.registry.get(environment)
      const before = known.saved ? await adoptStored(this.#parts, environment) : known
      this.#keepSecretsFromStrangers(before, profile, secrets)
      return before.parts.secrets()
    })
  }

  /** A copy with secrets must lead to the same place, with the same protection. */
  #copiedSecrets(environment: string, { profile, secrets }: NewProfile): Promise<Secrets> {
    return this.#turns.run(environment, async () => {
      const source = await adoptStored(this.#parts, environment)
      const atRisk: readonly SecretSlot[] = weakens(source.profile, profile)
        ? source.secrets
        : secretsAtRisk(source.profile, profile, source.secrets)
      const missing = atRisk.filter((slot) => secrets[slot] === undefined)
      if (missing.length > 0) throw new ConsoleError('SECRETS_NEEDED', { secrets: missing })
      return this.#parts.secrets.read(source.id)
    })
  }
}

function confirm({ id, profile }: Entry, confirmation: string | undefined): void {
  if (confirmation?.trim() !== profile.name) {
    throw new ConsoleError('CONFIRMATION_NEEDED', { environment: id })
  }
}
