import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import ssh2, { type AuthContext, type Connection } from 'ssh2'
import { onTestFinished } from 'vitest'
import { makeSshKey } from './ssh-keys.ts'
import type { TestSshd } from './sshd.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface PasswordServer extends Pick<TestSshd, 'port' | 'username' | 'knownHosts'> {
  /** Every method that was tried, in order. */
  tried: string[]
  /** What each connection answered to prompts. */
  answers: string[][]
}

/**
 * An SSH server that takes the password of a user who does not exist on this machine, which OpenSSH's
 * cannot: it asks the machine's own accounts. For the test that asks.
 */
export async function passwordServer(options: {
  password: string
  methods: ('password' | 'keyboard-interactive')[]
  /** Rounds of prompts; each must be answered with the password and nothing else. */
  prompts?: { prompt: string; echo: boolean }[][]
}): Promise<PasswordServer> {
  const hostKey = makeSshKey(temporaryFolder(), 'host')
  const tried: string[] = []
  const answers: string[][] = []
  const open = new Set<Connection>()

  const authenticate = (context: AuthContext) => {
    tried.push(context.method)
    if (context.method === 'password' && options.methods.includes('password')) {
      return context.password === options.password
        ? context.accept()
        : context.reject(options.methods)
    }
    if (context.method !== 'keyboard-interactive') return context.reject(options.methods)
    const rounds = [...(options.prompts ?? [[{ prompt: 'Password: ', echo: false }]])]
    const ask = () => {
      const round = rounds.shift()
      if (round === undefined) return context.accept()
      context.prompt(round, (given) => {
        answers.push(given)
        if (given.every((answer) => answer === options.password)) ask()
        else context.reject(options.methods)
      })
    }
    return ask()
  }

  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey] }, (connection) => {
    open.add(connection)
    connection
      .on('authentication', authenticate)
      .on('error', () => {})
      .on('close', () => open.delete(connection))
      .on('tcpip', (accept, _reject, { destIP, destPort }) => {
        const channel = accept()
        const socket = connect(destPort, destIP).on('error', () => channel.close())
        channel.pipe(socket).pipe(channel)
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const connection of open) connection.end()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    username: 'ann',
    tried,
    answers,
    knownHosts: (host = `[127.0.0.1]:${port}`) => `${host} ${hostKey.publicKey}\n`,
  }
}
