import type { z } from 'zod'
import {
  type anyCertificatePhrase,
  defaultBudget,
  defaultColorOf,
  type Deployment,
  type Endpoint,
  type EnvironmentKind,
  type Profile,
  type profileSchema,
  type SecretSlot,
  secretSlots,
} from '#shared/contract/profiles.ts'

/** A port is text while it is typed. */
export interface EndpointDraft {
  host: string
  port: string
}

/** What the operator wants to become of one secret. */
export interface SecretDraft {
  /** `keep` leaves a kept one as it is. Where none is kept, a text is taken whatever this says. */
  change: 'keep' | 'replace' | 'remove'
  text: string
}

/**
 * A profile as the form holds it: texts instead of numbers and nulls, and what belongs to a choice stays
 * while another is tried. Paths are those of the profile, so that its problems find their fields.
 */
export interface Draft {
  name: string
  kind: Profile['kind']
  color: Profile['color']
  folder: string
  tags: string[]
  deployment: {
    type: Deployment['type']
    host: string
    port: string
    path: string
    master: string
    sentinels: EndpointDraft[]
    username: string
    tls: boolean
    nodes: EndpointDraft[]
  }
  username: string
  database: string
  prefixes: string[]
  encrypted: boolean
  tls: {
    ca: string
    certificate: string
    serverName: string
    /** Whether no certificate is to be checked, which `acceptAny` must say in so many words. */
    unchecked: boolean
    acceptAny: string
  }
  tunnelled: boolean
  ssh: {
    host: string
    port: string
    username: string
    authentication: 'password' | 'key' | 'agent'
    keepAlive: string
    hostKey: string
  }
  access: Profile['access']
  locked: boolean
  connectAtStart: boolean
  budget: { commandsPerSecond: string; bytesPerSecond: string }
  secrets: Record<SecretSlot, SecretDraft>
}

/** As many sentinels or nodes as a profile takes. */
export const mostEndpoints = 20

/** What the form starts with when there is nothing to start from. */
export const emptyProfile: Profile = {
  name: '',
  kind: 'development',
  color: defaultColorOf.development,
  folder: null,
  tags: [],
  deployment: { type: 'standalone', host: '', port: 6379 },
  username: null,
  database: 0,
  prefixes: ['bull'],
  tls: null,
  ssh: null,
  access: 'full',
  locked: false,
  connectAtStart: true,
  budget: defaultBudget,
}

/** The form's values for a profile. No secret is among them: the console never tells one. */
export function draftOf(profile: Profile): Draft {
  const { tls, ssh, budget } = profile
  return {
    name: profile.name,
    kind: profile.kind,
    color: profile.color,
    folder: profile.folder ?? '',
    tags: profile.tags,
    deployment: deploymentDraft(profile.deployment),
    username: profile.username ?? '',
    database: String(profile.database),
    prefixes: profile.prefixes,
    encrypted: tls !== null,
    tls: {
      ca: tls?.ca ?? '',
      certificate: tls?.certificate ?? '',
      serverName: tls?.serverName ?? '',
      unchecked: tls !== null && tls.acceptAny !== null,
      acceptAny: tls?.acceptAny ?? '',
    },
    tunnelled: ssh !== null,
    ssh: {
      host: ssh?.host ?? '',
      port: String(ssh?.port ?? 22),
      username: ssh?.username ?? '',
      authentication: ssh?.authentication ?? 'key',
      keepAlive: String(ssh?.keepAlive ?? 15),
      hostKey: ssh?.hostKey ?? '',
    },
    access: profile.access,
    locked: profile.locked,
    connectAtStart: profile.connectAtStart,
    budget: {
      commandsPerSecond: String(budget.commandsPerSecond),
      bytesPerSecond: String(budget.bytesPerSecond),
    },
    secrets: Object.fromEntries(
      secretSlots.map((slot) => [slot, { change: 'keep', text: '' }]),
    ) as Draft['secrets'],
  }
}

/** What the form says, to be validated as a profile; texts that are no numbers become NaN. */
export function profileOf(draft: Draft): z.input<typeof profileSchema> {
  const { tls, ssh } = draft
  const { type } = draft.deployment
  return {
    name: draft.name,
    kind: draft.kind,
    color: draft.color,
    folder: orNull(draft.folder),
    tags: draft.tags,
    deployment: deploymentOf(draft.deployment),
    username: orNull(draft.username),
    database: type === 'cluster' ? 0 : numberIn(draft.database),
    prefixes: draft.prefixes,
    tls: draft.encrypted
      ? {
          ca: orNull(tls.ca),
          certificate: orNull(tls.certificate),
          serverName: orNull(tls.serverName),
          acceptAny: tls.unchecked ? (tls.acceptAny as typeof anyCertificatePhrase) : null,
        }
      : null,
    ssh: isTunnelled(draft)
      ? {
          host: ssh.host,
          port: numberIn(ssh.port),
          username: ssh.username,
          authentication: ssh.authentication,
          keepAlive: numberIn(ssh.keepAlive),
          hostKey: orNull(ssh.hostKey.trim()),
        }
      : null,
    access: draft.access,
    locked: draft.locked,
    connectAtStart: draft.connectAtStart,
    budget: {
      commandsPerSecond: numberIn(draft.budget.commandsPerSecond),
      bytesPerSecond: numberIn(draft.budget.bytesPerSecond),
    },
  }
}

/** A unix socket is a file of this machine: no tunnel leads there. */
export function isTunnelled({ tunnelled, deployment }: Draft): boolean {
  return tunnelled && deployment.type !== 'socket'
}

/** Colour and lock follow the kind: red and locked is production alone. */
export function withKind(draft: Draft, kind: EnvironmentKind): Draft {
  const usual = draft.color === defaultColorOf[draft.kind]
  const color = usual || kind === 'production' ? defaultColorOf[kind] : draft.color
  return { ...draft, kind, color, locked: kind === 'production' }
}

/** A cluster is looked for where the single server would have been, and the other way round. */
export function withDeployment(draft: Draft, type: Deployment['type']): Draft {
  const { deployment } = draft
  const [node] = deployment.nodes
  const next = { ...deployment, type }
  if (type === 'cluster' && deployment.host !== '' && node?.host === '') {
    next.nodes = [{ host: deployment.host, port: deployment.port }]
  }
  if (type === 'standalone' && deployment.host === '' && node !== undefined && node.host !== '') {
    next.host = node.host
    next.port = node.port
  }
  return { ...draft, deployment: next }
}

function deploymentDraft(deployment: Deployment): Draft['deployment'] {
  const blank = {
    host: '',
    port: '6379',
    path: '',
    master: '',
    sentinels: [{ host: '', port: '26379' }],
    username: '',
    tls: false,
    nodes: [{ host: '', port: '6379' }],
  }
  if (deployment.type === 'standalone') {
    return { ...blank, type: 'standalone', ...endpointDraft(deployment) }
  }
  if (deployment.type === 'socket') return { ...blank, ...deployment }
  if (deployment.type === 'cluster') {
    return { ...blank, type: 'cluster', nodes: deployment.nodes.map(endpointDraft) }
  }
  return {
    ...blank,
    ...deployment,
    sentinels: deployment.sentinels.map(endpointDraft),
    username: deployment.username ?? '',
  }
}

function deploymentOf(deployment: Draft['deployment']): Deployment {
  const { type, path, master, sentinels, username, tls, nodes } = deployment
  if (type === 'standalone') return { type, ...endpointOf(deployment) }
  if (type === 'socket') return { type, path }
  if (type === 'cluster') return { type, nodes: nodes.map(endpointOf) }
  return { type, master, sentinels: sentinels.map(endpointOf), username: orNull(username), tls }
}

const endpointDraft = ({ host, port }: Endpoint): EndpointDraft => ({ host, port: String(port) })
const endpointOf = ({ host, port }: EndpointDraft): Endpoint => ({ host, port: numberIn(port) })
const orNull = (text: string): string | null => (text.trim() === '' ? null : text)
const numberIn = (text: string): number =>
  /^\d+$/.test(text.trim()) ? Number(text.trim()) : Number.NaN
