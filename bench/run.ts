/**
 * Runs `bench/*.bench.ts` one after the other. `--json` prints JSON; other words choose files by name.
 * A `*.large.bench.ts` takes minutes and gigabytes, and runs only when it is named.
 */
import { globSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { BenchFile, BenchResult } from './bench-result.ts'

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const isJson = process.argv.includes('--json')
const files = globSync('*.bench.ts', { cwd: import.meta.dirname })
  .toSorted()
  .filter((file) =>
    words.length === 0
      ? !file.endsWith('.large.bench.ts')
      : words.some((word) => file.includes(word)),
  )

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
}

const results: (BenchResult & { readonly file: string })[] = []
for (const file of files) {
  const loaded = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as {
    readonly bench: BenchFile
  }
  for (const result of await loaded.bench()) results.push({ file, ...result })
}

if (isJson) {
  console.log(JSON.stringify({ machine, results }, null, 2))
} else {
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.platform}`)
  if (results.length > 0) console.table(results.map(rounded))
  else console.log('There is no benchmark yet. One is a file bench/<subject>.bench.ts.')
}

function rounded({ p50, p99, ...result }: (typeof results)[number]): object {
  return { ...result, p50: Number(p50.toPrecision(3)), p99: Number(p99.toPrecision(3)) }
}
