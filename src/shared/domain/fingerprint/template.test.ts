import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateOf } from './template.ts'

describe('templateOf', () => {
  it.each([
    ['Order 10042 of user 77 not found', 'Order <number> of user <number> not found'],
    ['Order #42, total $12.50, delta -3.1e-7', 'Order <number>, total <number>, delta <number>'],
    [
      '1,234.5 or 1.234,56 or 1 234,5 or 12 345 678',
      '<number> or <number> or <number> or <number>',
    ],
    ['id 3f1c2a33-9d7e-4a01-8c55-2f6f0f3c1b90', 'id <uuid>'],
    ['hash 9f8e7d6c5b4a at 0x7f3c', 'hash <hex> at <hex>'],
    ['for lea.martin+promo@example.co.uk', 'for <email>'],
    ['from 10.0.0.1:5432 and [2001:db8::1]:443', 'from <ip> and [<ip>]:<number>'],
    ['to db-1.internal:5432, localhost:80 or mail.firma.de', 'to <host> or <host>'],
    ['at 2026-11-20T08:30:15.123Z and on 20.11.2026', 'at <date> and on <date>'],
    ['on Fri Nov 20 2026 08:30:15 GMT+0100 (Central European Standard Time)', 'on <date>'],
    ['le 20 novembre 2026', 'le <date>'],
    [
      'took 1h20m, then 30 seconds, then 2 min 5 s',
      'took <duration>, then <duration>, then <duration>',
    ],
    ['152.4 MB is over 100MiB', '<size> is over <size>'],
    ["open '/home/lea/x.txt'", 'open <quoted>'],
    ['read /home/lea/x.txt, C:\\Users\\lea\\y and uploads/z.png', 'read <path> and <path>'],
    ['« été », “a b”, „c“ and `d e`', '<quoted> and <quoted>'],
    [
      "Can't find it: l'utilisateur 'd'Arc' isn't there",
      "Can't find it: l'utilisateur <quoted> isn't there",
    ],
    ['GET https://cdn.acme.io/a/b.png?w=800#x', 'GET <url>'],
    ['POST https://api.acme.io/v1/users/42/posts?key=s3cr3t', 'POST <url>/v1/users/<id>/posts'],
    [
      'GET /api/users/42?x=1 500 Internal Server Error',
      'GET /api/users/<id> 500 Internal Server Error',
    ],
    ['no sk-test, cus_QwErTyUi or de_DE', 'no <id> or <value>'],
    ['tenant=acme code=E_FULL status=503', 'tenant=<value> code=E_FULL status=503'],
    ['bad token eyJhbGciOiJub25lIn0.e30.x1', 'bad token <token>'],
    ['items[3].price and items.3.price', 'items[<number>].price and items.<number>.price'],
    ['ids 1, 2, 3, 4 and "a","b"', 'ids <number> and <quoted>'],
    ['encoding utf8, sha256 and Http2Session', 'encoding utf8, sha256 and Http2Session'],
    ['obj <_io.BytesIO object at 0x7f3c5a1b2e30> closed', 'obj <quoted> closed'],
  ])('takes the variable parts out of %s', (message, template) => {
    expect(templateOf(message).text).toBe(template)
  })

  it.each([
    'Request failed with status code 404',
    'HTTP/1.1 503 Service Unavailable',
    '429 Too many requests',
    'Error 1205: Lock wait timeout exceeded',
    'P2002: unique constraint',
    'ORA-00942: table or view does not exist',
    'exited with code 137',
    '(#190) Error validating access token',
    'duplicate key value violates unique constraint "users_email_key"',
    "Cannot find module 'sharp'",
  ])('keeps what went wrong in %s', (message) => {
    expect(templateOf(message).text).toBe(message)
  })

  it('takes a number for a value where nothing says that it is a code', () => {
    expect(templateOf('404 items of 500 were read').text).toBe(
      '<number> items of <number> were read',
    )
  })

  it('keeps of JSON its shape and what its codes and messages say', () => {
    expect(
      templateOf(
        'failed: {"code":"E_FULL","user":"lea","detail":"Limit of 30 reached","n":[1,2,3]}',
      ).text,
    ).toBe('failed: {code:E_FULL,user:<quoted>,detail:Limit of <number> reached,n:[<number>]}')
  })

  it('tells of a list of issues the first', () => {
    const issues = [
      { path: ['tags', 3], message: 'Too long' },
      { path: ['title'], message: 'Required' },
    ]
    expect(templateOf(JSON.stringify(issues)).text).toBe('tags[<number>]: Too long')
  })

  it('leaves out excerpts of source and logs of what was tried', () => {
    expect(
      templateOf('Invalid call in\n/app/x.ts:3:4\n\n  2 const a = 1\n→ 3 call(\nNo such field')
        .text,
    ).toBe('Invalid call in <path> No such field')
    expect(templateOf('Timeout 5ms exceeded.\nCall log:\n  - waiting').text).toBe(
      'Timeout <duration> exceeded.',
    )
  })

  it('has one key for all shapes that an identifier has', () => {
    const keys = [
      '42',
      'ORD-2026-1',
      '3f1c2a33-9d7e-4a01-8c55-2f6f0f3c1b90',
      "'x'",
      'a1b2c3d4e5',
    ].map((id) => templateOf(`Order ${id} not found`).key)
    expect(new Set(keys).size).toBe(1)
  })

  it('is the same whatever numbers, addresses and quoted texts a message has', () => {
    const message = fc
      .tuple(
        fc.nat(),
        fc.uuid(),
        fc.ipV4(),
        fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }),
        fc.stringMatching(/^[a-z .,:;(){}0-9é]*$/),
        fc.integer({ min: 1, max: 10_000_000 }),
      )
      .map(
        ([count, id, ip, date, name, wait]) =>
          `Job ${id} "${name}" of ${ip} failed ${count} times since ${date.toISOString()} after ${wait}ms`,
      )
    fc.assert(
      fc.property(message, message, (one, other) => {
        expect(templateOf(one)).toEqual(templateOf(other))
      }),
    )
  })

  it('takes any text, and stays short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        expect(templateOf(text).key.length).toBeLessThanOrEqual(501)
      }),
    )
  })

  it('takes no longer for texts made to be slow', () => {
    for (const part of [
      '"',
      "'a",
      '`',
      '{"a":',
      '<a ',
      '1 234 ',
      'a.',
      'a=',
      ':',
      '/',
      '1:',
      '«',
      '\n at x',
      '((',
      'é1',
    ]) {
      expect(templateOf(part.repeat(500_000)).key.length).toBeLessThanOrEqual(501)
    }
  })

  it('does not take signs of a message for placeholders of its own', () => {
    expect(templateOf('a \uE000 b').text).toBe('a \uFFFD b')
  })
})
