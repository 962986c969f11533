import { expect, test } from 'vitest'
import { judgeLink } from './external-links.ts'

test('known documentation opens at once', () => {
  const url = 'https://docs.bullmq.io/guide/retrying-failing-jobs'
  expect(judgeLink(url)).toEqual({ verdict: 'open', url })
})

test.each([
  'https://example.com/a?b=c',
  'https://docs.bullmq.io.example.com/',
  'https://docs.bullmq.io:8443/',
])('%s is shown to the person first', (url) => {
  expect(judgeLink(url)).toEqual({ verdict: 'ask', url })
})

test('a host in other letters is shown as what it is', () => {
  expect(judgeLink('https://dоcs.bullmq.io/')).toEqual({
    verdict: 'ask',
    url: 'https://xn--dcs-sed.bullmq.io/',
  })
})

test.each([
  ['file:///etc/passwd', 'scheme'],
  ['smb://host/share', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['vscode://settings', 'scheme'],
  ['http://docs.bullmq.io/', 'scheme'],
  ['vigie://console/index.html', 'scheme'],
  ['https://docs.bullmq.io@example.com/', 'credentials'],
  ['https://', 'invalid'],
  ['not a link', 'invalid'],
  [`https://docs.bullmq.io/${'a'.repeat(2048)}`, 'length'],
] as const)('%s never leaves the console', (address, reason) => {
  expect(judgeLink(address)).toEqual({ verdict: 'refuse', reason })
})
