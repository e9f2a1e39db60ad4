/**
 * Plays the fault-conformance suite against the router, over each wire format it speaks. What a format
 * has not is left out. `npm run conformance -- --help` says what can be chosen.
 */
import { parseArgs } from 'node:util'

import { runConformance } from '@imrs/testing/conformance'
import type { ConformanceScenario, ScenarioResult } from '@imrs/testing/conformance'

import {
  CONFORMANCE_FAMILIES,
  routerSubject,
} from '../packages/router/src/__fixtures__/router-subject.ts'
import { UsageError, chosen } from '../packages/testing/src/conformance/command/options.ts'
import {
  createProgress,
  reportJson,
  summaryText,
} from '../packages/testing/src/conformance/command/print.ts'
import { toReport } from '../packages/testing/src/conformance/run-conformance.ts'
import { skipReason } from '../packages/testing/src/conformance/run-scenario.ts'

type Family = (typeof CONFORMANCE_FAMILIES)[number]

interface Play {
  readonly family: Family
  readonly scenarios: readonly ConformanceScenario[]
}

const HELP = `Plays faults against the router, over each wire format it speaks.

  npm run conformance -- [options]

  --family <name>        this format alone; may be repeated: ${CONFORMANCE_FAMILIES.join(', ')}
  --only <id or group>   these scenarios alone; may be repeated
  --json                 ends with one JSON object on the standard output:
                         { "passed": n, "failed": n, "skipped": n, "scenarios": […] }
  --help                 says this
`

function readOptions(): {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly plays: readonly Play[]
} {
  const { values } = parseArgs({
    // npm and pnpm pass the dashes between their arguments and ours on.
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'boolean', default: false },
      family: { type: 'string', multiple: true, default: [...CONFORMANCE_FAMILIES] },
      only: { type: 'string', multiple: true, default: [] },
    },
  })
  const scenarios = chosen(values.only)
  const plays = values.family.map(familyOf).map((family) => {
    const subject = routerSubject(family)
    return { family, scenarios: scenarios.filter((one) => skipReason(one, subject) === undefined) }
  })
  return { isHelp: values.help, isJson: values.json, plays }
}

function familyOf(name: string): Family {
  const family = CONFORMANCE_FAMILIES.find((one) => one === name)
  if (family !== undefined) return family
  throw new UsageError(`--family takes ${CONFORMANCE_FAMILIES.join(', ')}, got ${name}`)
}

async function playAll(plays: readonly Play[], isJson: boolean): Promise<number> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('Stopped by Ctrl-C')))
  // With `--json` the standard output holds nothing but the object.
  const told = isJson ? process.stderr : process.stdout
  const total = plays.reduce((sum, { scenarios }) => sum + scenarios.length, 0)
  const progress = createProgress(told, total)
  const results: ScenarioResult[] = []
  const startedAt = performance.now()
  try {
    for (const { family, scenarios } of plays) {
      await runConformance({
        subject: routerSubject(family),
        scenarios,
        signal: stop.signal,
        onResult: (result) => {
          const named = { ...result, id: `${family}/${result.id}` }
          results.push(named)
          progress.onResult(named)
        },
      })
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error
    progress.clear()
    told.write('\nStopped\n')
    return 130
  }
  progress.clear()
  const report = toReport(results)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  told.write(`${summaryText(report).trimEnd()}, in ${seconds} s\n`)
  if (isJson) process.stdout.write(reportJson(report))
  return report.failed === 0 ? 0 : 1
}

try {
  const { isHelp, isJson, plays } = readOptions()
  if (isHelp) process.stdout.write(HELP)
  else process.exitCode = await playAll(plays, isJson)
} catch (error) {
  // `parseArgs` throws a TypeError of its own for an option that there is not.
  if (!(error instanceof UsageError || error instanceof TypeError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
