import { workerFrames, type CorpusKind } from './corpus-kind.ts'

const axiosFrames = [
  'settle ({root}/node_modules/axios/lib/core/settle.js:*)',
  'IncomingMessage.handleStreamEnd ({root}/node_modules/axios/lib/adapters/http.js:*)',
  'IncomingMessage.emit (node:events:530:35)',
  'endReadableNT (node:internal/streams/readable:1698:12)',
  'Axios.request ({root}/node_modules/axios/lib/core/Axios.js:*)',
  'async ShopClient.call ({root}/src/shops/shop-client.ts:*)',
  ...workerFrames,
]

function statusKind(status: number, note?: string): CorpusKind {
  return {
    kind: `axios-${status}`,
    note,
    name: 'AxiosError',
    frames: axiosFrames,
    messages: Array.from({ length: 6 }, () => `Request failed with status code ${status}`),
  }
}

export const httpKinds: readonly CorpusKind[] = [
  statusKind(401, 'One client, one frame: the status alone tells what to do, so each is a kind.'),
  statusKind(403),
  statusKind(429),
  statusKind(503),
  {
    kind: 'axios-timeout',
    name: 'AxiosError',
    frames: [
      'RedirectableRequest.handleRequestTimeout ({root}/node_modules/axios/lib/adapters/http.js:*)',
      'Timeout.<anonymous> ({root}/node_modules/follow-redirects/index.js:*)',
      'async ShopClient.call ({root}/src/shops/shop-client.ts:*)',
    ],
    messages: [
      'timeout of 5000ms exceeded',
      'timeout of 10000ms exceeded',
      'timeout of 30000ms exceeded',
      'timeout of 2500ms exceeded',
      'timeout of 1000ms exceeded',
      'timeout of 60000ms exceeded',
    ],
  },
  {
    kind: 'fetch-failed',
    name: 'TypeError',
    frames: [
      'node:internal/deps/undici/undici:14900:13',
      'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
      'async deliverWebhook ({root}/src/webhooks/deliver.ts:*)',
    ],
    messages: Array.from({ length: 7 }, () => 'fetch failed'),
  },
  {
    kind: 'webhook-rejected',
    note: "Receivers are the customers' own: host, path and query are data; the status is not.",
    name: 'WebhookError',
    frames: ['async deliverWebhook ({root}/src/webhooks/deliver.ts:*)', ...workerFrames],
    messages: [
      'POST https://hooks.acme.io/in?token=abc123 answered 500',
      'POST https://n8n.brandhaus.de/in?t=9f1c answered 500',
      'POST https://shop-12.example.com/in answered 500',
      'POST https://10.2.3.4:8443/in?sig=QmFzZTY0&ts=1732090215 answered 500',
      'POST https://hook.eu1.make.com/in answered 500',
      'POST http://localhost:3000/in?x=1 answered 500',
    ],
  },
  {
    kind: 'webhook-gone',
    name: 'WebhookError',
    frames: ['async deliverWebhook ({root}/src/webhooks/deliver.ts:*)', ...workerFrames],
    messages: [
      'POST https://hooks.acme.io/in?token=zzz answered 410',
      'POST https://old.customer.fr/in answered 410',
      'POST https://n8n.brandhaus.de/in?t=1 answered 410',
      'POST https://shop-99.example.com/in answered 410',
      'POST https://eu.hooks.example.org/in?k=v&n=2 answered 410',
      'POST https://staging.acme.io/in answered 410',
    ],
  },
  {
    kind: 'got-not-found',
    name: 'HTTPError',
    messages: [
      'Response code 404 (Not Found): GET https://cdn.acme.io/images/summer-sale.png',
      'Response code 404 (Not Found): GET https://cdn.acme.io/images/a1b2c3.jpg?w=800',
      'Response code 404 (Not Found): GET https://img.brandhaus.de/images/logo.png',
      'Response code 404 (Not Found): GET https://cdn.acme.io/images/2026-11-20.webp',
      'Response code 404 (Not Found): GET https://cdn.example.org/images/teaser_final_v2.png',
      'Response code 404 (Not Found): GET https://cdn.acme.io/images/42.png',
    ],
  },
  {
    kind: 'got-bad-gateway',
    name: 'HTTPError',
    messages: [
      'Response code 502 (Bad Gateway): GET https://cdn.acme.io/images/summer-sale.png',
      'Response code 502 (Bad Gateway): GET https://cdn.acme.io/images/77.jpg',
      'Response code 502 (Bad Gateway): GET https://img.brandhaus.de/images/logo.png?v=3',
      'Response code 502 (Bad Gateway): GET https://cdn.acme.io/images/x9y8.webp',
      'Response code 502 (Bad Gateway): GET https://cdn.example.org/images/hero.png',
      'Response code 502 (Bad Gateway): GET https://cdn.acme.io/images/42.png',
    ],
  },
  {
    kind: 'http-body-in-message',
    note: 'A body as JSON: its code is what went wrong, the rest are values.',
    messages: [
      'HTTP 422: {"error":{"code":"invalid_address","message":"Address is invalid","request_id":"req_91ab"},"order":10042}',
      'HTTP 422: {"error":{"code":"invalid_address","message":"Address is invalid","request_id":"req_0c3d"},"order":7}',
      'HTTP 422: {"error":{"code":"invalid_address","message":"Address is invalid","request_id":"req_77aa"},"order":99120}',
      'HTTP 422: {"error":{"code":"invalid_address","message":"Address is invalid","request_id":"req_5k2m"},"order":12}',
      'HTTP 422: {"error":{"code":"invalid_address","message":"Address is invalid","request_id":"req_a"},"order":403}',
      'HTTP 422: {"error":{"code":"invalid_address","message":"Address is invalid","request_id":"req_zz19"},"order":500}',
    ],
  },
  {
    kind: 'http-body-other-code',
    note: 'The same client and status as an invalid address, but nothing to mend in the address.',
    messages: [
      'HTTP 422: {"error":{"code":"out_of_stock","message":"Item is out of stock","request_id":"req_33"},"order":8}',
      'HTTP 422: {"error":{"code":"out_of_stock","message":"Item is out of stock","request_id":"req_b7"},"order":10043}',
      'HTTP 422: {"error":{"code":"out_of_stock","message":"Item is out of stock","request_id":"req_c1d2"},"order":91}',
      'HTTP 422: {"error":{"code":"out_of_stock","message":"Item is out of stock","request_id":"req_9"},"order":6001}',
      'HTTP 422: {"error":{"code":"out_of_stock","message":"Item is out of stock","request_id":"req_e5"},"order":15}',
      'HTTP 422: {"error":{"code":"out_of_stock","message":"Item is out of stock","request_id":"req_ff"},"order":2}',
    ],
  },
  {
    kind: 'socket-hang-up',
    name: 'Error',
    frames: [
      'Socket.socketOnEnd (node:_http_client:542:25)',
      'Socket.emit (node:events:530:35)',
      'endReadableNT (node:internal/streams/readable:1698:12)',
    ],
    messages: Array.from({ length: 6 }, () => 'socket hang up'),
  },
]
