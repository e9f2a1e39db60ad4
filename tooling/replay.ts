/** Replays recorded outcomes through the router's strategies. `npm run replay -- --help` says how. */
import { readFileSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { ImrsError } from '@imrs/core'
import { replayOutcomes, replayPolicy } from '@imrs/router'
import type { OutcomeSet, ReplayResult } from '@imrs/router'

import { findDataSets, readDataSet } from './replay/data-sets.ts'
import type { DataSet } from './replay/data-sets.ts'
import { HELP, UsageError, parseCommand } from './replay/options.ts'
import type { ReplayCommand } from './replay/options.ts'
import { plotResults } from './replay/plot.ts'
import { createProgress, problemsText, resultJson, resultTable } from './replay/print.ts'
import { ROUTE_LLM_BENCHES, benchJson, benchTable, playBench } from './replay/route-llm.ts'
import type { BenchResult } from './replay/route-llm.ts'

async function run(command: ReplayCommand, signal: AbortSignal): Promise<void> {
  const dataSets = findDataSets(command.data, process.env)
  if (command.protocol === 'routellm') {
    for (const dataSet of dataSets) await playRouteLlm(dataSet, { command, signal })
    return
  }
  const priorities = readPriorities(command.priorities)
  for (const dataSet of dataSets) {
    const outcomes = await readAll(dataSet, command)
    const results = await replay(outcomes, { command, priorities, signal })
    process.stdout.write(command.isJson ? results.map(resultJson).join('') : resultTable(results))
    if (command.svg === undefined) continue
    const file = svgFile(command.svg, dataSets.length === 1 ? undefined : dataSet.name)
    writeFileSync(file, plotResults(results))
    process.stderr.write(`Plotted in ${file}\n`)
  }
}

async function playRouteLlm(
  dataSet: DataSet,
  { command, signal }: Omit<Setting, 'priorities'>,
): Promise<void> {
  const { bench: only, seeds, isJson } = command
  // What its models may have seen is left out.
  const split = command.split ?? 'eval'
  const results: BenchResult[] = []
  for (const bench of only === undefined ? ROUTE_LLM_BENCHES : [only]) {
    const outcomes = await readAll(dataSet, { split, bench })
    await setImmediate(undefined, { signal })
    results.push(playBench(bench, outcomes, seeds))
  }
  process.stdout.write(isJson ? results.map(benchJson).join('') : benchTable(results))
}

async function readAll(
  dataSet: DataSet,
  parts: Pick<ReplayCommand, 'split' | 'bench'>,
): Promise<OutcomeSet> {
  const { split, bench } = parts
  const read = await readDataSet(dataSet, { split, bench })
  process.stderr.write(problemsText(dataSet.file, read))
  if (read.outcomes.size > 0) return read.outcomes
  const named = [
    ...(split === undefined ? [] : [`split ${split}`]),
    ...(bench === undefined ? [] : [`bench ${bench}`]),
  ].join(' and ')
  throw new UsageError(`${dataSet.file} has no outcomes${named === '' ? '' : ` of ${named}`}`)
}

interface Setting {
  readonly command: ReplayCommand
  readonly priorities: ReadonlyMap<string, number>
  readonly signal: AbortSignal
}

async function replay(
  outcomes: OutcomeSet,
  { command, priorities, signal }: Setting,
): Promise<readonly ReplayResult[]> {
  const { costQuality, policies: names, ...options } = command
  const progress = createProgress(process.stderr)
  const policies = names.map((name) => replayPolicy(name, { costQuality }))
  try {
    return await replayOutcomes({
      ...options,
      outcomes,
      policies,
      priorities: new Map([...priorities].filter(([model]) => outcomes.models.includes(model))),
      signal,
      onProgress: (done, total) => {
        progress.show(`${outcomes.name}: ${done} of ${total} streams`)
      },
    })
  } finally {
    progress.clear()
  }
}

function readPriorities(file: string | undefined): ReadonlyMap<string, number> {
  if (file === undefined) return new Map()
  const said = '--priorities takes a JSON file { "model": 0 to 100, … }'
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${said}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const entries = typeof json === 'object' && json !== null ? Object.entries(json) : []
  if (entries.length === 0) throw new UsageError(`${said}, and ${file} names no model`)
  return new Map(
    entries.map(([model, priority]: [string, unknown]) => {
      if (typeof priority === 'number') return [model, priority]
      throw new UsageError(`${said}, and ${model} has ${JSON.stringify(priority)}`)
    }),
  )
}

function svgFile(file: string, name: string | undefined): string {
  if (name === undefined) return file
  const extension = extname(file)
  return `${file.slice(0, file.length - extension.length)}-${name.replaceAll('/', '-')}${extension}`
}

const stop = new AbortController()
process.once('SIGINT', () => stop.abort(new Error('Stopped by Ctrl-C')))
try {
  const command = parseCommand(process.argv.slice(2))
  if (command.isHelp) process.stdout.write(HELP)
  else await run(command, stop.signal)
} catch (error) {
  if (stop.signal.aborted) {
    process.stderr.write('Stopped\n')
    process.exitCode = 130
  } else if (error instanceof UsageError || ImrsError.is(error)) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else {
    throw error
  }
}
