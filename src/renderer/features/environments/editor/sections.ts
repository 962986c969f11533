import type { SecretSlot } from '#shared/contract/profiles.ts'
import type { Draft } from './draft.ts'

/** The parts of the form, in their order. */
export const sections = ['general', 'redis', 'encryption', 'tunnel', 'safety', 'budget'] as const
export type Section = (typeof sections)[number]

const ofField: Record<Exclude<keyof Draft, 'secrets'>, Section> = {
  name: 'general',
  kind: 'general',
  color: 'general',
  folder: 'general',
  tags: 'general',
  connectAtStart: 'general',
  deployment: 'redis',
  username: 'redis',
  database: 'redis',
  prefixes: 'redis',
  encrypted: 'encryption',
  tls: 'encryption',
  tunnelled: 'tunnel',
  ssh: 'tunnel',
  access: 'safety',
  locked: 'safety',
  budget: 'budget',
}

const ofSecret: Record<SecretSlot, Section> = {
  password: 'redis',
  sentinelPassword: 'redis',
  tlsKey: 'encryption',
  tlsKeyPassphrase: 'encryption',
  sshPassword: 'tunnel',
  sshKey: 'tunnel',
  sshKeyPassphrase: 'tunnel',
}

/** The part of the form that a field, named by its path, is in. */
export function sectionOf(path: string): Section {
  const [first = '', second = ''] = path.split('.')
  const found: Section | undefined =
    first === 'secrets'
      ? (ofSecret as Partial<Record<string, Section>>)[second]
      : (ofField as Partial<Record<string, Section>>)[first]
  return found ?? 'general'
}
