import { workerFrames, type CorpusKind } from './corpus-kind.ts'

export const cloudKinds: readonly CorpusKind[] = [
  {
    kind: 's3-no-such-key',
    name: 'NoSuchKey',
    frames: [
      'throwDefaultError ({root}/node_modules/@smithy/smithy-client/dist-cjs/index.js:*)',
      'de_GetObjectCommandError ({root}/node_modules/@aws-sdk/client-s3/dist-cjs/index.js:*)',
      'async AssetStore.read ({root}/packages/assets/src/asset-store.ts:*)',
      ...workerFrames,
    ],
    messages: Array.from({ length: 6 }, () => 'The specified key does not exist.'),
  },
  {
    kind: 's3-access-denied',
    name: 'AccessDenied',
    messages: [
      'User: arn:aws:iam::123456789012:user/worker is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::shop-assets/brand-9/logo.png" because no identity-based policy allows the s3:PutObject action',
      'User: arn:aws:sts::123456789012:assumed-role/worker/i-0ab12cd34ef56 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::shop-assets/brand-12/a b.png" because no identity-based policy allows the s3:PutObject action',
      'User: arn:aws:sts::210987654321:assumed-role/worker-eu/i-99887766 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::media-eu/77/1.mp4" because no identity-based policy allows the s3:PutObject action',
      'User: arn:aws:iam::123456789012:user/ci is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::backups/2026-11-20.tar" because no identity-based policy allows the s3:PutObject action',
      'User: arn:aws:iam::555566667777:user/lea is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::x/y" because no identity-based policy allows the s3:PutObject action',
      'User: arn:aws:sts::123456789012:assumed-role/worker/i-1 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::shop-assets/brand-9/hero.webp" because no identity-based policy allows the s3:PutObject action',
    ],
  },
  {
    kind: 'aws-token-expired',
    name: 'ExpiredTokenException',
    messages: [
      'Signature expired: 20261120T083015Z is now earlier than 20261120T084512Z (20261120T085012Z - 5 min.)',
      'Signature expired: 20261101T000001Z is now earlier than 20261101T001500Z (20261101T002000Z - 5 min.)',
      'Signature expired: 20251231T235959Z is now earlier than 20260101T001000Z (20260101T001500Z - 5 min.)',
      'Signature expired: 20260704T120000Z is now earlier than 20260704T123000Z (20260704T123500Z - 5 min.)',
      'Signature expired: 20260228T101112Z is now earlier than 20260228T103112Z (20260228T103612Z - 5 min.)',
      'Signature expired: 20260808T080808Z is now earlier than 20260808T090808Z (20260808T091308Z - 5 min.)',
    ],
  },
  {
    kind: 'sqs-throttled',
    name: 'ThrottlingException',
    messages: [
      'Rate exceeded (Service: Sqs, Status Code: 400, Request ID: 3f1c2a33-9d7e-4a01-8c55-2f6f0f3c1b90)',
      'Rate exceeded (Service: Sqs, Status Code: 400, Request ID: 0b3c4d5e-6f70-4819-92a3-b4c5d6e7f809)',
      'Rate exceeded (Service: Sqs, Status Code: 400, Request ID: A1B2C3D4E5F60718)',
      'Rate exceeded (Service: Sqs, Status Code: 400, Request ID: c0ffee00-1111-4222-8333-444455556666)',
      'Rate exceeded (Service: Sqs, Status Code: 400, Request ID: 7VXA4W8NVR9CM2K1)',
      'Rate exceeded (Service: Sqs, Status Code: 400, Request ID: 9e8d7c6b-5a49-4838-8271-605f4e3d2c1b)',
    ],
  },
  {
    kind: 'stripe-no-customer',
    name: 'StripeInvalidRequestError',
    frames: [
      'StripeError.generate ({root}/node_modules/stripe/cjs/Error.js:*)',
      'async chargeOrder ({root}/src/billing/charge-order.ts:*)',
    ],
    messages: [
      "No such customer: 'cus_NffrFeUfNV2Hib'",
      "No such customer: 'cus_9s6XKzkNRiz8i3'; a similar object exists in live mode, but a test mode key was used to make this request.",
      "No such customer: 'cus_P1'",
      "No such customer: 'cus_QwErTyUiOp'",
      "No such customer: 'undefined'",
      "No such customer: 'cus_000111222'",
    ],
    note: 'The hint at test mode is rarely there; it is still the same missing customer.',
  },
  {
    kind: 'stripe-declined',
    name: 'StripeCardError',
    frames: [
      'StripeError.generate ({root}/node_modules/stripe/cjs/Error.js:*)',
      'async chargeOrder ({root}/src/billing/charge-order.ts:*)',
    ],
    messages: Array.from({ length: 6 }, () => 'Your card was declined.'),
  },
  {
    kind: 'stripe-funds',
    name: 'StripeCardError',
    frames: [
      'StripeError.generate ({root}/node_modules/stripe/cjs/Error.js:*)',
      'async chargeOrder ({root}/src/billing/charge-order.ts:*)',
    ],
    messages: Array.from({ length: 6 }, () => 'Your card has insufficient funds.'),
  },
  {
    kind: 'slack-no-channel',
    name: 'Error',
    frames: [
      'platformErrorFromResult ({root}/node_modules/@slack/web-api/dist/errors.js:*)',
      'async postAlert ({root}/src/alerts/slack.ts:*)',
    ],
    messages: Array.from({ length: 6 }, () => 'An API error occurred: channel_not_found'),
  },
  {
    kind: 'slack-bad-auth',
    name: 'Error',
    frames: [
      'platformErrorFromResult ({root}/node_modules/@slack/web-api/dist/errors.js:*)',
      'async postAlert ({root}/src/alerts/slack.ts:*)',
    ],
    messages: Array.from({ length: 6 }, () => 'An API error occurred: invalid_auth'),
  },
  {
    kind: 'meta-token',
    note: 'The code in front is what the documentation is searched for.',
    name: 'GraphApiError',
    frames: ['async GraphClient.post ({root}/src/social/graph-client.ts:*)', ...workerFrames],
    messages: [
      '(#190) Error validating access token: Session has expired on Friday, 20-Nov-26 08:00:00 PST. The current time is Friday, 20-Nov-26 09:14:27 PST.',
      '(#190) Error validating access token: Session has expired on Monday, 02-Nov-26 13:00:00 PST. The current time is Tuesday, 03-Nov-26 00:00:01 PST.',
      '(#190) Error validating access token: Session has expired on Thursday, 01-Jan-26 21:30:00 PST. The current time is Wednesday, 07-Jan-26 10:10:10 PST.',
      '(#190) Error validating access token: Session has expired on Saturday, 04-Jul-26 06:00:00 PDT. The current time is Saturday, 04-Jul-26 06:00:09 PDT.',
      '(#190) Error validating access token: Session has expired on Sunday, 30-Aug-26 23:59:59 PDT. The current time is Monday, 31-Aug-26 02:03:04 PDT.',
      '(#190) Error validating access token: Session has expired on Friday, 13-Nov-26 13:13:13 PST. The current time is Friday, 20-Nov-26 08:30:15 PST.',
    ],
  },
  {
    kind: 'meta-request-limit',
    name: 'GraphApiError',
    frames: ['async GraphClient.post ({root}/src/social/graph-client.ts:*)', ...workerFrames],
    messages: Array.from({ length: 6 }, () => '(#4) Application request limit reached'),
  },
  {
    kind: 'meta-user-limit',
    name: 'GraphApiError',
    frames: ['async GraphClient.post ({root}/src/social/graph-client.ts:*)', ...workerFrames],
    messages: Array.from({ length: 6 }, () => '(#17) User request limit reached'),
  },
  {
    kind: 'smtp-mailbox-unavailable',
    note: 'A 550 says the address is wrong, a 421 that the server is busy, a 535 that we are not let in.',
    name: 'Error',
    frames: [
      'SMTPConnection._formatError ({root}/node_modules/nodemailer/lib/smtp-connection/index.js:*)',
      'SMTPConnection._actionRCPT ({root}/node_modules/nodemailer/lib/smtp-connection/index.js:*)',
    ],
    messages: [
      "Can't send mail - all recipients were rejected: 550 5.1.1 <lea.martin@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
      "Can't send mail - all recipients were rejected: 550 5.1.1 <info@firma.de>: Recipient address rejected: User unknown in virtual mailbox table",
      "Can't send mail - all recipients were rejected: 550 5.1.1 <jean-pierre+promo@exemple.fr>: Recipient address rejected: User unknown in virtual mailbox table",
      "Can't send mail - all recipients were rejected: 550 5.1.1 <a@b.co>: Recipient address rejected: User unknown in virtual mailbox table",
      "Can't send mail - all recipients were rejected: 550 5.1.1 <o.brien_77@mail.example.ie>: Recipient address rejected: User unknown in virtual mailbox table",
      "Can't send mail - all recipients were rejected: 550 5.1.1 <x@xn--mller-kva.example>: Recipient address rejected: User unknown in virtual mailbox table",
    ],
  },
  {
    kind: 'smtp-busy',
    name: 'Error',
    frames: [
      'SMTPConnection._formatError ({root}/node_modules/nodemailer/lib/smtp-connection/index.js:*)',
      'SMTPConnection._actionGreeting ({root}/node_modules/nodemailer/lib/smtp-connection/index.js:*)',
    ],
    messages: [
      'Invalid greeting. response=421 4.7.0 mx1.example.com Too many connections from 10.0.4.12: 421 4.7.0 mx1.example.com Too many connections from 10.0.4.12',
      'Invalid greeting. response=421 4.7.0 mail.firma.de Too many connections from 2a01:4f8::1: 421 4.7.0 mail.firma.de Too many connections from 2a01:4f8::1',
      'Invalid greeting. response=421 4.7.0 mx2.example.com Too many connections from 192.0.2.77: 421 4.7.0 mx2.example.com Too many connections from 192.0.2.77',
      'Invalid greeting. response=421 4.7.0 smtp.exemple.fr Too many connections from 198.51.100.3: 421 4.7.0 smtp.exemple.fr Too many connections from 198.51.100.3',
      'Invalid greeting. response=421 4.7.0 mx1.example.com Too many connections from 10.0.4.13: 421 4.7.0 mx1.example.com Too many connections from 10.0.4.13',
      'Invalid greeting. response=421 4.7.0 in.mail.example Too many connections from 203.0.113.9: 421 4.7.0 in.mail.example Too many connections from 203.0.113.9',
    ],
  },
  {
    kind: 'smtp-login',
    name: 'Error',
    frames: [
      'SMTPConnection._formatError ({root}/node_modules/nodemailer/lib/smtp-connection/index.js:*)',
      'SMTPConnection._actionAUTHComplete ({root}/node_modules/nodemailer/lib/smtp-connection/index.js:*)',
    ],
    messages: [
      'Invalid login: 535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials a640c23a62f3a-aa20f2a1b2csm12345666b.12 - gsmtp',
      'Invalid login: 535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials 4fb4d7f45d1cf-5cfcb3sm9876a12.3 - gsmtp',
      'Invalid login: 535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials ffacd0b85a97d-38254910796sm55.66 - gsmtp',
      'Invalid login: 535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials 5b1f17b1804b1-432dac1b0sm1.77 - gsmtp',
      'Invalid login: 535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials a1-b2c3sm4567.8 - gsmtp',
      'Invalid login: 535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials 2adb3069b0e04-53da4cdsm901e87.21 - gsmtp',
    ],
  },
]
