import { workerFrames, type CorpusKind } from './corpus-kind.ts'

export const mediaKinds: readonly CorpusKind[] = [
  {
    kind: 'sharp-unsupported',
    name: 'Error',
    frames: [
      'Sharp.toBuffer ({root}/node_modules/sharp/lib/output.js:*)',
      'async resize ({root}/src/images/resize.ts:*)',
      ...workerFrames,
    ],
    messages: Array.from({ length: 6 }, () => 'Input buffer contains unsupported image format'),
  },
  {
    kind: 'sharp-missing',
    name: 'Error',
    frames: [
      'Sharp.toBuffer ({root}/node_modules/sharp/lib/output.js:*)',
      'async resize ({root}/src/images/resize.ts:*)',
      ...workerFrames,
    ],
    messages: [
      'Input file is missing: /tmp/in/8f3a2b1c.png',
      'Input file is missing: /tmp/in/summer sale.jpg',
      'Input file is missing: /home/alice/in/1.webp',
      'Input file is missing: C:\\temp\\in\\hero.png',
      'Input file is missing: uploads/brand-9/logo.png',
      'Input file is missing: /var/in/2026/11/20/a.avif',
    ],
  },
  {
    kind: 'sharp-pixel-limit',
    name: 'Error',
    frames: [
      'Sharp.toBuffer ({root}/node_modules/sharp/lib/output.js:*)',
      'async resize ({root}/src/images/resize.ts:*)',
      ...workerFrames,
    ],
    messages: Array.from({ length: 6 }, () => 'Input image exceeds pixel limit'),
  },
  {
    kind: 'puppeteer-navigation',
    name: 'TimeoutError',
    frames: [
      'new Deferred ({root}/node_modules/puppeteer-core/lib/cjs/puppeteer/util/Deferred.js:*)',
      'async PageShot.open ({root}/src/shots/page-shot.ts:*)',
    ],
    messages: [
      'Navigation timeout of 30000 ms exceeded',
      'Navigation timeout of 60000 ms exceeded',
      'Navigation timeout of 15000 ms exceeded',
      'Navigation timeout of 5000 ms exceeded',
      'Navigation timeout of 120000 ms exceeded',
      'Navigation timeout of 1 ms exceeded',
    ],
  },
  {
    kind: 'puppeteer-selector',
    name: 'TimeoutError',
    frames: [
      'new WaitTask ({root}/node_modules/puppeteer-core/lib/cjs/puppeteer/common/WaitTask.js:*)',
      'async PageShot.open ({root}/src/shots/page-shot.ts:*)',
    ],
    messages: [
      'Waiting for selector `#app .hero` failed: Waiting failed: 30000ms exceeded',
      'Waiting for selector `img[data-id="42"]` failed: Waiting failed: 30000ms exceeded',
      'Waiting for selector `.product-77 > h1` failed: Waiting failed: 10000ms exceeded',
      'Waiting for selector `main` failed: Waiting failed: 5000ms exceeded',
      "Waiting for selector `a[href='/cart']` failed: Waiting failed: 15000ms exceeded",
      'Waiting for selector `#cookie-banner button:nth-child(2)` failed: Waiting failed: 30000ms exceeded',
    ],
  },
  {
    kind: 'puppeteer-closed',
    name: 'TargetCloseError',
    messages: [
      'Protocol error (Page.captureScreenshot): Target closed',
      'Protocol error (Page.captureScreenshot): Target closed',
      'Protocol error (Page.captureScreenshot): Target closed',
      'Protocol error (Page.captureScreenshot): Target closed',
      'Protocol error (Page.captureScreenshot): Target closed',
      'Protocol error (Page.captureScreenshot): Target closed',
    ],
  },
  {
    kind: 'page-address-unreachable',
    name: 'Error',
    messages: [
      'net::ERR_NAME_NOT_RESOLVED at https://shop-77.example.com/',
      'net::ERR_NAME_NOT_RESOLVED at https://old.brandhaus.de/produkte?id=12',
      'net::ERR_NAME_NOT_RESOLVED at http://intranet/',
      'net::ERR_NAME_NOT_RESOLVED at https://example.invalid/a',
      'net::ERR_NAME_NOT_RESOLVED at https://acme.io/landing#top',
      'net::ERR_NAME_NOT_RESOLVED at https://www.exemple.fr/boutique/robe-rouge-42',
    ],
  },
  {
    kind: 'playwright-click',
    note: 'The log of the call has as many lines as there were tries.',
    name: 'TimeoutError',
    frames: ['async CmsBot.publish ({root}/src/cms/bot.ts:*)', ...workerFrames],
    messages: [
      "locator.click: Timeout 30000ms exceeded.\nCall log:\n  - waiting for locator('text=Publish')",
      "locator.click: Timeout 30000ms exceeded.\nCall log:\n  - waiting for locator('text=Publish')\n    - locator resolved to <button disabled>…</button>\n  - attempting click action\n    2 × waiting for element to be visible, enabled and stable",
      "locator.click: Timeout 10000ms exceeded.\nCall log:\n  - waiting for locator('#publish')",
      "locator.click: Timeout 5000ms exceeded.\nCall log:\n  - waiting for locator('button').nth(3)\n    58 × waiting for element to be visible, enabled and stable\n       - element is not enabled\n     - retrying click action",
      "locator.click: Timeout 60000ms exceeded.\nCall log:\n  - waiting for locator('text=Veröffentlichen')",
      "locator.click: Timeout 30000ms exceeded.\nCall log:\n  - waiting for getByRole('button', { name: 'Publish' })\n  -   locator resolved to 2 elements",
    ],
  },
  {
    kind: 'video-too-large',
    name: 'UploadError',
    messages: [
      'File of 152.4 MB exceeds the limit of 100 MB',
      'File of 1.2 GB exceeds the limit of 100 MB',
      'File of 104857601 bytes exceeds the limit of 100 MB',
      'File of 512MB exceeds the limit of 500MB',
      'File of 100.1 MiB exceeds the limit of 100 MiB',
      'File of 2,048 KB exceeds the limit of 2,000 KB',
    ],
  },
]
