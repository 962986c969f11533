/*
 * Work that fails in the ways work fails: the errors, messages and stacks of the generated jobs come
 * from here, thrown by a real worker.
 */

/** Fixed width, so that every generated job can carry its own at the same length. */
export interface OrderData {
  order: string
  [key: string]: unknown
}

type Failure = (data: OrderData) => unknown

function parseReceipt(text: string): unknown {
  return JSON.parse(text)
}

function priceOf(order: { lines?: { price: number }[] }): number {
  return (order as { lines: { price: number }[] }).lines.reduce((sum, { price }) => sum + price, 0)
}

class PaymentDeclined extends Error {
  override name = 'PaymentDeclined'
}

async function callProvider(order: string, status: number, body: string): Promise<never> {
  await Promise.resolve()
  throw new Error(
    `POST https://api.provider.example/v2/charges answered ${status} for ${order}: ${body}`,
  )
}

const failures: Record<string, Failure> = {
  'send-confirmation': ({ order }) => {
    throw new Error(
      `SMTP 451 4.7.1 Greylisting in action, please come back later (message for ${order})`,
    )
  },
  'charge-card': ({ order }) => {
    throw new PaymentDeclined(`Card declined for ${order}: insufficient_funds (issuer code 51)`)
  },
  'sync-stock': ({ order }) =>
    callProvider(order, 502, '<html><head><title>502 Bad Gateway</title></head></html>'),
  'read-receipt': () => parseReceipt('<!doctype html><title>Maintenance</title>'),
  'price-order': () => priceOf({}),
  'push-notification': ({ order }) => {
    throw Object.assign(new Error(`connect ECONNREFUSED 10.0.12.7:8443 (${order})`), {
      code: 'ECONNREFUSED',
      errno: -111,
      syscall: 'connect',
    })
  },
  'render-invoice': ({ order }) => {
    throw new Error(`Template "invoice-fr" for ${order} has no value for "customer.vatNumber"`, {
      cause: new TypeError('vatNumber is undefined'),
    })
  },
  'export-ledger': ({ order }) => {
    throw new Error(
      `canceling statement due to statement timeout\nSELECT * FROM ledger_entries WHERE order_ref = '${order}' ORDER BY posted_at FOR UPDATE`,
    )
  },
}

export const failureNames = Object.keys(failures)

/** The worker's processor: always fails. */
export async function fail(name: string, data: OrderData): Promise<unknown> {
  const failure = failures[name]
  if (failure === undefined) throw new Error(`No work is called ${name}`)
  return failure(data)
}

/** About 300 bytes of data, as an order's job carries. */
export function orderData(order: string, index: number): OrderData {
  return {
    order,
    customer: { id: 40_000 + index, locale: index % 3 === 0 ? 'fr-FR' : 'en-GB' },
    lines: Array.from({ length: 1 + (index % 3) }, (_, line) => ({
      sku: `SKU-${7_000 + index * 3 + line}`,
      quantity: 1 + (line % 4),
      price: 1290 + index * 10,
    })),
    shipTo: { city: index % 2 === 0 ? 'Lyon' : 'Leeds', express: index % 5 === 0 },
    requestedBy: 'checkout-service@3.14.2',
  }
}
