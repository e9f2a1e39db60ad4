import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { build } from 'vite'
import { expect, it } from 'vitest'

/** The bytes of an entry as a browser gets it, without what the host has anyway. */
async function gzippedBytes(entry: string, external: readonly RegExp[]): Promise<number> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@imrs/source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: join(import.meta.dirname, entry),
        external: [...external],
        // All that the entry exports is kept, as if a page used it.
        preserveEntrySignatures: 'strict',
      },
    },
  })
  const outputs = Array.isArray(result) ? result : [result]
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : []))
  return gzipSync(chunks.map((chunk) => ('code' in chunk ? chunk.code : '')).join('')).length
}

const REACT = [/^react(?:\/|$)/, /^react-dom(?:\/|$)/]

it('keeps the hooks under 8,000 bytes', { timeout: 30_000 }, async () => {
  const bytes = await gzippedBytes('index.ts', REACT)
  expect(bytes).toBeGreaterThan(1000)
  expect(bytes).toBeLessThan(8000)
})

it(
  'keeps the components under 80 KB, with Base UI and the hooks in them',
  { timeout: 60_000 },
  async () => {
    expect(await gzippedBytes('components/index.ts', REACT)).toBeLessThan(80 * 1024)
  },
)
