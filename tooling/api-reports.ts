/**
 * Compares the declarations of every built package with `packages/<name>/api/<name>.api.d.ts`.
 * With `--update` it writes them instead. Needs a build.
 */
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { publishedPackages, root, run, type WorkspacePackage } from './run.ts'

const isUpdate = process.argv.includes('--update')

/** The public declarations of all entries as one text, without what changes from build to build. */
function reportOf({ directory, manifest }: WorkspacePackage): string {
  const dist = join(directory, 'dist')
  const files = globSync('**/*.d.ts', { cwd: dist }).toSorted()
  const stable = stableNames(files)
  const sections = files.map((file) => {
    const text = readFileSync(join(dist, file), 'utf8')
      .replaceAll('\r\n', '\n')
      .replace(/^\/\/# sourceMappingURL=.*$/gm, '')
      .replace(/(['"])\.\/([\w.-]+)\.js\1/g, (whole, quote: string, name: string) => {
        const renamed = stable.get(`${name}.d.ts`)
        return renamed === undefined
          ? whole
          : `${quote}./${renamed.replace(/\.d\.ts$/, '.js')}${quote}`
      })
    return `// ---- ${stable.get(file) ?? file} ----\n\n${text.trim()}\n`
  })
  return `// The public types of ${manifest.name}. Written by \`npm run api:update\`.\n\n${sections.join('\n')}`
}

/** `chunk-name-Ab12Cd34.d.ts` → `chunk-name.d.ts`, numbered where two would be the same. */
function stableNames(files: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const file of files) {
    const base = file.replace(/-[\w-]{8}\.d\.ts$/, '').replace(/\.d\.ts$/, '')
    let name = `${base}.d.ts`
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}.d.ts`
    taken.add(name)
    names.set(file, name)
  }
  return names
}

async function difference(file: string, report: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-api-'))
  const built = join(folder, 'built.d.ts')
  writeFileSync(built, report)
  const checkedIn = existsSync(file) ? file : '/dev/null'
  const { output } = await run('git', ['diff', '--no-index', '--no-color', checkedIn, built], root)
  rmSync(folder, { recursive: true })
  return output.split('\n').slice(4).join('\n')
}

for (const workspacePackage of publishedPackages()) {
  const { name, directory } = workspacePackage
  if (!existsSync(join(directory, 'dist'))) {
    console.log(`@imrs/${name} is not built: npm run build`)
    process.exitCode = 1
    continue
  }
  const file = join(directory, 'api', `${name}.api.d.ts`)
  const report = reportOf(workspacePackage)
  if (existsSync(file) && readFileSync(file, 'utf8') === report) continue
  if (isUpdate) {
    mkdirSync(join(directory, 'api'), { recursive: true })
    writeFileSync(file, report)
    console.log(`wrote packages/${name}/api/${name}.api.d.ts`)
    continue
  }
  process.exitCode = 1
  console.log(`The public types of @imrs/${name} changed. If that is meant: npm run api:update\n`)
  console.log(await difference(file, report))
}
