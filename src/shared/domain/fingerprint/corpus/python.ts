import { type CorpusKind } from './corpus-kind.ts'

const runner = [
  'ChildProcess.<anonymous> ({root}/src/python/run-script.ts:*)',
  'ChildProcess.emit (node:events:518:28)',
  'Process.ChildProcess._handle.onexit (node:internal/child_process:293:12)',
]

function traceback(root: string, line: number, error: string): string {
  return [
    'Traceback (most recent call last):',
    `  File "${root}/main.py", line ${line + 40}, in <module>`,
    '    main()',
    `  File "${root}/main.py", line ${line + 21}, in main`,
    '    run(job)',
    `  File "${root}/pipeline/segment.py", line ${line}, in load_image`,
    '    return decode(path)',
    '  File "/usr/lib/python3.11/site-packages/PIL/Image.py", line 3340, in open',
    '    raise UnidentifiedImageError(msg)',
    error,
  ].join('\n')
}

export const pythonKinds: readonly CorpusKind[] = [
  {
    kind: 'python-unidentified-image',
    note: 'The class of the last line of the traceback, not that of the wrapper in Node.',
    name: 'Error',
    frames: runner,
    messages: [
      traceback(
        '/opt/ml',
        12,
        "PIL.UnidentifiedImageError: cannot identify image file '/tmp/a1.png'",
      ),
      traceback(
        '/opt/ml',
        14,
        "PIL.UnidentifiedImageError: cannot identify image file '/tmp/in/77.jpg'",
      ),
      traceback(
        '/home/lea/ml',
        12,
        "PIL.UnidentifiedImageError: cannot identify image file 'hero.webp'",
      ),
      traceback(
        '/app/python',
        12,
        'PIL.UnidentifiedImageError: cannot identify image file <_io.BytesIO object at 0x7f3c5a1b2e30>',
      ),
      traceback(
        '/opt/ml',
        31,
        "PIL.UnidentifiedImageError: cannot identify image file '/tmp/b b.png'",
      ),
      traceback(
        '/opt/ml',
        12,
        'PIL.UnidentifiedImageError: cannot identify image file <_io.BytesIO object at 0x7fd21c0a9450>',
      ),
    ],
  },
  {
    kind: 'python-key-error',
    name: 'Error',
    frames: runner,
    messages: ['metrics', 'cost_usd', 'width', 'metrics', 'result', 'metrics'].map((key, index) =>
      [
        'Traceback (most recent call last):',
        `  File "/opt/ml/main.py", line ${10 + index}, in <module>`,
        '    main()',
        `  File "/opt/ml/pipeline/report.py", line ${20 + index * 3}, in summarise`,
        `    total += row['${key}']`,
        `KeyError: '${key}'`,
      ].join('\n'),
    ),
  },
  {
    kind: 'python-cuda-memory',
    name: 'Error',
    messages: [
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 14.76 GiB total capacity; 11.92 GiB already allocated; 1.21 GiB free; 12.40 GiB reserved in total by PyTorch)',
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 512.00 MiB (GPU 1; 23.69 GiB total capacity; 22.01 GiB already allocated; 301.19 MiB free; 22.90 GiB reserved in total by PyTorch)',
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 14.76 GiB total capacity; 14.00 GiB already allocated; 3.75 MiB free; 14.10 GiB reserved in total by PyTorch)',
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.50 GiB (GPU 3; 79.15 GiB total capacity; 77.80 GiB already allocated; 640.00 KiB free; 78.11 GiB reserved in total by PyTorch)',
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 256.00 MiB (GPU 2; 14.76 GiB total capacity; 13.31 GiB already allocated; 77.75 MiB free; 13.80 GiB reserved in total by PyTorch)',
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 9.77 GiB (GPU 0; 39.39 GiB total capacity; 30.00 GiB already allocated; 8.00 GiB free; 30.95 GiB reserved in total by PyTorch)',
    ],
  },
  {
    kind: 'python-requests-timeout',
    name: 'Error',
    messages: [
      "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='api.acme.io', port=443): Read timed out. (read timeout=30)",
      "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='img.brandhaus.de', port=8443): Read timed out. (read timeout=10)",
      "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='10.0.0.4', port=443): Read timed out. (read timeout=2.5)",
      "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='api.exemple.fr', port=443): Read timed out. (read timeout=60)",
      "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='cdn-7.example.com', port=443): Read timed out. (read timeout=5)",
      "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='localhost', port=8000): Read timed out. (read timeout=1)",
    ],
  },
  {
    kind: 'python-value-error',
    name: 'Error',
    messages: [
      "ValueError: invalid literal for int() with base 10: 'abc'",
      "ValueError: invalid literal for int() with base 10: ''",
      "ValueError: invalid literal for int() with base 10: '12,5'",
      "ValueError: invalid literal for int() with base 10: 'None'",
      "ValueError: invalid literal for int() with base 10: '1 000'",
      "ValueError: invalid literal for int() with base 10: 'ten o\\'clock'",
    ],
  },
]
