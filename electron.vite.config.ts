import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** Lays Swagger UI beside the web entry, so that the page of the API works without node_modules. */
function apiDocs(): Plugin {
  const source = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))
  return {
    name: 'vigie:api-docs',
    generateBundle() {
      for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE']) {
        this.emitFile({
          type: 'asset',
          fileName: `api-docs/${file}`,
          source: readFileSync(join(source, file)),
        })
      }
    },
  }
}

/**
 * One build for both entries: `out/main/index.js` (desktop) and `out/main/serve.js` (web) around the
 * same console, and one renderer for both. Dependencies stay outside the main bundle, so that native
 * modules and BullMQ's scripts are loaded as published.
 */
export default defineConfig({
  main: {
    plugins: [apiDocs()],
    build: {
      outDir: 'out/main',
      target: 'node20',
      sourcemap: true,
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          serve: resolve('src/main/serve.ts'),
          keychain: resolve('src/main/infra/keychain/keychain-process.ts'),
          'mirror-reader': resolve('src/main/infra/sqlite/mirror/thread/reader-thread.ts'),
          'mirror-writer': resolve('src/main/infra/sqlite/mirror/thread/writer-thread.ts'),
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      rollupOptions: {
        input: {
          index: resolve('src/preload/index.ts'),
          // For `electron -r`, which takes CommonJS only.
          early: resolve('src/main/early.ts'),
        },
        // A sandboxed preload cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      target: 'chrome130',
      rollupOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
  },
})
