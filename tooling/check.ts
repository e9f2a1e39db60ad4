/** Runs every check and says at the end which of them failed. `npm run check -- lint knip` runs only those. */
import { writeFileSync } from 'node:fs'

import { run } from './run.ts'

interface Check {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

interface Verdict {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
}

const beforeBuild: readonly Check[] = [
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'typecheck', command: ['tsc', '-b'] },
  {
    name: 'layers',
    command: ['vitest', 'run', '--config', 'vitest.workspace.ts', '--project', 'tooling'],
  },
  { name: 'readme', command: ['node', 'tooling/readme-examples.ts'] },
  { name: 'knip', command: ['knip'] },
  { name: 'build', command: ['node', 'tooling/build.ts'] },
]
/** These read `dist`. */
const afterBuild: readonly Check[] = [
  { name: 'package', command: ['node', 'tooling/check-packages.ts'] },
  { name: 'api', command: ['node', 'tooling/api-reports.ts'] },
]

const chosen = process.argv.slice(2).filter((argument) => argument !== '--')
const known = [...beforeBuild, ...afterBuild].map(({ name }) => name)
const unknown = chosen.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`No check is called ${unknown.join(', ')}. There are: ${known.join(', ')}`)
  process.exit(1)
}

async function perform({ name, command: [program, ...parameters] }: Check): Promise<Verdict> {
  const start = performance.now()
  const { ok, output } = await run(program, parameters)
  const seconds = (performance.now() - start) / 1000
  if (!ok) console.log(`\n──── ${name} ────\n${output.trimEnd()}\n`)
  return { name, ok, seconds }
}

const isChosen = ({ name }: Check): boolean => chosen.length === 0 || chosen.includes(name)
const verdicts: Verdict[] = []
for (const check of [...beforeBuild, ...afterBuild].filter(isChosen)) {
  verdicts.push(await perform(check))
}

for (const { name, ok, seconds } of verdicts) {
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s`)
}
const failed = verdicts.filter(({ ok }) => !ok).length
console.log(`${verdicts.length - failed} checks passed, ${failed} failed`)
const report = process.env['IMRS_CHECK_REPORT']
if (report !== undefined) writeFileSync(report, JSON.stringify(verdicts))
if (failed > 0) process.exitCode = 1
