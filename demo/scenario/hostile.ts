import { workerFrames } from './failure.ts'
import type { JobKind } from './types.ts'

const markup = '<img src=x onerror="document.title=`broken`">'

/** What someone who means harm, or a careless importer, puts into a job: all of it must stay text. */
export const hostile: JobKind = {
  name: `import_feed ${markup}`,
  weight: 0,
  data: () => ({
    userId: 1066,
    brandId: 'brd_northwind',
    title: `</script><script>document.title='broken'</script>${markup}`,
    link: 'javascript:document.title="broken"',
    // As own keys: an object literal would set the prototype instead.
    ...JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": "text"}}'),
    rightToLeft: 'invoice\u202Efdp.exe',
    control: 'bell \u0007, escape \u001B[31mred\u001B[0m, null \u0000, lone surrogate \uD800',
    zeroWidth: 'ad\u200Bmin',
    formula: '=HYPERLINK("http://evil.example","click")',
    '{{7*7}}${7*7}<%= 7*7 %>': 'template',
    oneLine: 'x'.repeat(20_000),
    deep: nested(60),
  }),
  options: () => ({ attempts: 1 }),
  duration: [300, 600],
  steps: () => [
    { at: 0.1, log: `<b onmouseover="document.title='broken'">bold</b> ${markup}` },
    { at: 0.2, log: '\u001B[2J\u001B[1;1Hscreen cleared', progress: { [markup]: markup } },
  ],
  result: () => null,
  trouble: {
    lasting: 1,
    failures: [
      () => ({
        name: 'FeedError',
        message: `feed says: ${markup}</pre><script>document.title='broken'</script>\nsecond line of the message\n    at notAFrame (javascript:document.title='broken')`,
        frames: [
          `parse${markup} (/srv/app/src/feeds/parse.ts:12:9)`,
          'async FeedImporter.run (/srv/app/src/feeds/importer.ts:70:3)',
          ...workerFrames,
        ],
      }),
    ],
  },
}

function nested(depth: number): unknown {
  return depth === 0 ? 'bottom' : { level: depth, next: nested(depth - 1) }
}
