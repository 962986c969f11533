import { workerFrames, type CorpusKind } from './corpus-kind.ts'

function zodIssue(issue: object): string {
  return JSON.stringify([issue], null, 2)
}

export const validationKinds: readonly CorpusKind[] = [
  {
    kind: 'zod-title-missing',
    note: 'One field with one complaint is one kind; another field is mended elsewhere.',
    name: 'ZodError',
    frames: [
      'get error ({root}/node_modules/zod/v3/types.js:*)',
      'ZodObject.parse ({root}/node_modules/zod/v3/types.js:*)',
      'parsePost ({root}/src/posts/parse-post.ts:*)',
      ...workerFrames,
    ],
    messages: Array.from({ length: 6 }, () =>
      zodIssue({
        code: 'invalid_type',
        expected: 'string',
        received: 'undefined',
        path: ['title'],
        message: 'Required',
      }),
    ),
  },
  {
    kind: 'zod-tag-too-long',
    note: 'Which element of the list it was is data.',
    name: 'ZodError',
    frames: [
      'get error ({root}/node_modules/zod/v3/types.js:*)',
      'ZodObject.parse ({root}/node_modules/zod/v3/types.js:*)',
      'parsePost ({root}/src/posts/parse-post.ts:*)',
      ...workerFrames,
    ],
    messages: [0, 3, 1, 12, 7, 2].map((index) =>
      zodIssue({
        code: 'too_big',
        maximum: 30,
        type: 'string',
        inclusive: true,
        exact: false,
        message: 'String must contain at most 30 character(s)',
        path: ['tags', index],
      }),
    ),
  },
  {
    kind: 'ajv-required',
    name: 'ValidationError',
    messages: [
      "data must have required property 'brandId'",
      "data must have required property 'brandId'",
      "data/items/0 must have required property 'brandId'",
      "data/items/12 must have required property 'brandId'",
      "data/items/3 must have required property 'brandId'",
      "data/items/107 must have required property 'brandId'",
      "data/items/44 must have required property 'brandId'",
    ],
    note: 'At the top or in an item: near, but the item is another schema. Judged as one all the same.',
  },
  {
    kind: 'class-validator',
    name: 'BadRequestException',
    messages: [
      'price must be a positive number, got -3.5 (item 12)',
      'price must be a positive number, got 0 (item 3)',
      'price must be a positive number, got -1,200.00 (item 9912)',
      'price must be a positive number, got NaN (item 1)',
      'price must be a positive number, got -0,5 (item 77)',
      'price must be a positive number, got -7e-3 (item 20)',
    ],
  },
  {
    kind: 'too-many-results',
    name: 'LimitError',
    messages: [
      'Import of 12,431 rows is over the limit of 10,000 rows (started 2026-11-20T08:30:15.123Z)',
      'Import of 10001 rows is over the limit of 10000 rows (started 2026-11-20 08:30:15)',
      'Import of 1,000,000 rows is over the limit of 10,000 rows (started 2026-11-19T23:59:59+01:00)',
      'Import of 10 432 rows is over the limit of 10 000 rows (started 20/11/2026 08:30)',
      'Import of 99999 rows is over the limit of 50000 rows (started Nov 20, 2026, 8:30:15 AM)',
      'Import of 25.000 rows is over the limit of 10.000 rows (started 20.11.2026, 08:30:15)',
      'Import of 11000 rows is over the limit of 10000 rows (started Fri Nov 20 2026 08:30:15 GMT+0100 (Central European Standard Time))',
    ],
  },
  {
    kind: 'unknown-template',
    name: 'TemplateError',
    frames: ['TemplateStore.get ({root}/src/templates/template-store.ts:*)', ...workerFrames],
    messages: [
      'Unknown template “order_shipped” for locale de_DE',
      'Unknown template “welcome v2” for locale fr_FR',
      'Unknown template “reset” for locale de_DE',
      'Unknown template “invoice-2026” for locale de_DE',
      'Unknown template “été” for locale fr_FR',
      'Unknown template “” for locale de_DE',
    ],
    note: 'The language is one of few words, not a quoted value: two groups would do, one is better.',
  },
  {
    kind: 'jwt-rejected',
    name: 'AuthError',
    messages: [
      'Token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsImlhdCI6MTczMjA5MDIxNX0.4pcPyMD09olPSyXnrXCjTwXyr4BsezdI1AVTmud2fU4 was rejected for tenant=acme region=eu-west-1',
      'Token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJsZWEifQ.abcDEF123_-xyz was rejected for tenant=brandhaus region=us-east-2',
      'Token 9f8e7d6c5b4a39281706f5e4d3c2b1a0 was rejected for tenant=t9 region=eu-central-1',
      'Token QmFzZTY0IGlzIG5vdCBlbmNyeXB0aW9u12== was rejected for tenant=acme region=eu-west-3',
      'Token eyJhbGciOiJub25lIn0.e30.x1 was rejected for tenant=lea-shop region=ap-south-1',
      'Token ghp_16C7e42F292c6912E7710c838347Ae178B4a was rejected for tenant=x region=eu-west-1',
    ],
  },
]
