import { expect, test } from 'vitest'
import { agentPaths } from './agent-paths.ts'

const none = () => []
const pipes = () => ['other', 'pageant.me.0a1b', 'pageant.you.2c3d', 'openssh-ssh-agent']
const fails = () => {
  throw new Error('denied')
}

test('the agent is the one the environment names', () => {
  expect(agentPaths({ SSH_AUTH_SOCK: '/run/agent' }, 'linux', none)).toEqual(['/run/agent'])
  expect(agentPaths({ SSH_AUTH_SOCK: '' }, 'linux', none)).toEqual([])
  expect(agentPaths({}, 'darwin', none)).toEqual([])
})

test("on Windows it is OpenSSH's or this user's Pageant, where one listens", () => {
  expect(agentPaths({ USERNAME: 'Me' }, 'win32', pipes)).toEqual([
    String.raw`\\.\pipe\openssh-ssh-agent`,
    String.raw`\\.\pipe\pageant.me.0a1b`,
  ])
  expect(agentPaths({ USERNAME: 'Me' }, 'win32', none)).toEqual([])
})

test('pipes that cannot be listed are none', () => {
  expect(agentPaths({}, 'win32', fails)).toEqual([])
})
