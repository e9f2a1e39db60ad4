/** Packs every package as npm would get it, and lets publint and attw judge the tarball. Needs a build. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { publishedPackages, run, twoAtATime, type WorkspacePackage } from './run.ts'

const pnpm = ['--yes', 'pnpm@12.21.0']

async function check({ name, directory }: WorkspacePackage): Promise<string[]> {
  if (!existsSync(join(directory, 'dist'))) return [`@imrs/${name} is not built: npm run build`]
  const folder = mkdtempSync(join(tmpdir(), 'imrs-pack-'))
  try {
    const packed = await run('npx', [...pnpm, 'pack', '--pack-destination', folder], directory)
    if (!packed.ok) return [packed.output]
    const tarball = join(folder, readdirSync(folder)[0] ?? '')
    const verdicts = await Promise.all([
      run('publint', ['run', tarball, '--strict']),
      run('attw', [tarball, '--profile', 'esm-only', '--no-emoji']),
    ])
    return verdicts.filter(({ ok }) => !ok).map(({ output }) => output)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await twoAtATime(publishedPackages(), async (workspacePackage) => {
  const problems = await check(workspacePackage)
  console.log(
    `@imrs/${workspacePackage.name}: ${problems.length === 0 ? 'ok' : problems.join('\n')}`,
  )
  if (problems.length > 0) process.exitCode = 1
})
