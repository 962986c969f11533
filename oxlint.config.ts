import { defineConfig, type OxlintConfig } from 'oxlint'

type Rule = NonNullable<OxlintConfig['rules']>[string]

/**
 * The import table of docs/architecture.md: what each room may know. A pattern list is read like a
 * .gitignore: `**` refuses everything, each `!` line allows again.
 */
const rooms: Record<string, { allow: string[]; why: string }> = {
  'src/shared': {
    allow: ['#shared/**', 'zod', '@orpc/contract'],
    why: 'shared runs anywhere: zod, @orpc/contract and pure TypeScript only',
  },
  'src/main/core': {
    allow: [
      '#shared/**',
      '#core/**',
      'node:crypto',
      'node:events',
      'node:timers/promises',
      'canonicalize',
    ],
    why: 'core declares ports for what it needs; infra provides them',
  },
  'src/main/infra': {
    allow: [
      '#shared/**',
      '#core/**',
      '#infra/**',
      'node:*',
      'node:*/**',
      'ioredis',
      'bullmq',
      'bullmq5',
      'better-sqlite3',
      'pino',
      'rotating-file-stream',
      'ssh2',
      '@napi-rs/keyring',
      'hucre/xlsx',
    ],
    why: 'infra wraps outside libraries behind the ports of core',
  },
  'src/main/api': {
    allow: ['#shared/**', '#core/**', '#api/**', '@orpc/server', 'node:crypto'],
    why: 'api holds handlers of a few lines over core',
  },
  'src/main/desktop': {
    allow: ['#shared/**', '#api/**', 'electron', '@orpc/server/**', 'node:*', 'node:*/**'],
    why: 'desktop is the only room that knows electron, and knows the console by its router alone',
  },
  'src/main/web': {
    allow: ['#shared/**', '#api/**', '@orpc/**', 'node:*', 'node:*/**', 'ws', 'sirv'],
    why: 'web is the only room that listens, and knows the console by its router alone',
  },
  'src/preload': { allow: ['electron'], why: 'preload hands one MessagePort across; nothing else' },
  'src/renderer': {
    allow: [
      '#shared/**',
      'react',
      'react/**',
      'react-dom',
      'react-dom/**',
      'react-i18next',
      'i18next',
      'zustand',
      'zustand/**',
      'zod',
      '@mantine/**',
      '@tabler/**',
      '@tanstack/**',
      '@orpc/client',
      '@orpc/client/**',
      '@orpc/contract',
      '@orpc/tanstack-query',
    ],
    why: 'renderer knows shared, React and its libraries',
  },
}

/** A room is reached by its alias, never by climbing: otherwise a relative path would slip past the table. */
const climbing = ['core', 'infra', 'api', 'desktop', 'web', 'preload', 'renderer', 'shared'].map(
  (room) => `../**/${room}/**`,
)

const testFiles = ['**/*.test.ts', '**/*.test.tsx']

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'react', 'jsx-a11y', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  ignorePatterns: ['out', 'dist', 'artifacts', 'bench/node_modules', 'bench/results'],
  rules: {
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    eqeqeq: 'error',
    'no-console': 'off',
    'no-await-in-loop': 'off',
    'react/react-in-jsx-scope': 'off',
    'import/no-unassigned-import': 'off',
    'unicorn/no-array-sort': 'off',
    'oxc/no-map-spread': 'off',
    // Helpers of tests that expect something are named so: expectState, expectToWork.
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
    // A virtual list, a palette and a splitter are ARIA widgets that no HTML element is.
    'jsx-a11y/prefer-tag-over-role': 'off',
    // Only matters to React Compiler, which is not used.
    'react/incompatible-library': 'off',
    'no-shadow': 'off',
    'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  },
  overrides: [
    ...Object.entries(rooms).map(([room, { allow, why }]) => ({
      files: [`${room}/**/*.ts`, `${room}/**/*.tsx`],
      excludeFiles: testFiles.map((pattern) => `${room}/${pattern}`),
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: ['**', '!./**', '!../**', ...climbing, ...allow.map((name) => `!${name}`)],
                message: why,
              },
            ],
          },
        ] satisfies Rule,
      },
    })),
    {
      files: ['*.config.ts', '**/*.config.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
  ],
})
