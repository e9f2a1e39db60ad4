import { readFileSync, writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'

import { replayOutcomes, replayPolicy } from '@imrs/router'
import type { OutcomeSet, ReplayResult } from '@imrs/router'

import { UsageError } from '../command/usage-error.ts'
import type { CommandContext } from '../context/command-context.ts'
import { findDataSets, readDataSet } from './data-sets.ts'
import type { DataSet } from './data-sets.ts'
import type { ReplayCommand } from './options.ts'
import { plotResults } from './plot.ts'
import { problemsText, resultJson, resultTable } from './print.ts'
import { ROUTE_LLM_BENCHES, benchJson, benchTable, playBench } from './route-llm.ts'
import type { BenchResult } from './route-llm.ts'

/**
 * Replays every data set and prints what came of it, one after the other.
 *
 * @throws UsageError for data that are not there; ConfigError for numbers out of bounds.
 */
export async function runReplay(context: CommandContext, command: ReplayCommand): Promise<void> {
  const dataSets = findDataSets(command.data, context)
  if (command.protocol === 'routellm') {
    for (const dataSet of dataSets) await playRouteLlm(context, command, dataSet)
    return
  }
  const priorities = readPriorities(context, command.priorities)
  for (const dataSet of dataSets) {
    const outcomes = await readAll(context, dataSet, command)
    const results = await replay(context, command, { outcomes, priorities })
    const { isJson, stdout } = context
    await stdout.write(isJson ? results.map(resultJson).join('') : resultTable(results))
    if (command.svg === undefined) continue
    const file = svgFile(command.svg, dataSets.length === 1 ? undefined : dataSet.name)
    writeFileSync(resolve(context.folder, file), plotResults(results))
    await context.say(`Plotted in ${file}`)
  }
}

async function playRouteLlm(
  context: CommandContext,
  { bench: only, seeds, split }: ReplayCommand,
  dataSet: DataSet,
): Promise<void> {
  const results: BenchResult[] = []
  for (const bench of only === undefined ? ROUTE_LLM_BENCHES : [only]) {
    // What its models may have seen is left out.
    const outcomes = await readAll(context, dataSet, { split: split ?? 'eval', bench })
    await context.runtime.sleep(0, context.signal)
    results.push(playBench(bench, outcomes, seeds))
  }
  await context.stdout.write(context.isJson ? results.map(benchJson).join('') : benchTable(results))
}

async function readAll(
  context: CommandContext,
  dataSet: DataSet,
  { split, bench }: Pick<ReplayCommand, 'split' | 'bench'>,
): Promise<OutcomeSet> {
  const read = await readDataSet(dataSet, { split, bench })
  await context.stderr.write(problemsText(dataSet.file, read))
  if (read.outcomes.size > 0) return read.outcomes
  const named = [
    ...(split === undefined ? [] : [`split ${split}`]),
    ...(bench === undefined ? [] : [`bench ${bench}`]),
  ].join(' and ')
  throw new UsageError(`${dataSet.file} has no outcomes${named === '' ? '' : ` of ${named}`}`)
}

async function replay(
  { progress: startProgress, signal }: CommandContext,
  { costQuality, policies: names, ...options }: ReplayCommand,
  {
    outcomes,
    priorities,
  }: { readonly outcomes: OutcomeSet; readonly priorities: ReadonlyMap<string, number> },
): Promise<readonly ReplayResult[]> {
  const progress = startProgress()
  try {
    return await replayOutcomes({
      ...options,
      outcomes,
      policies: names.map((name) => replayPolicy(name, { costQuality })),
      priorities: new Map([...priorities].filter(([model]) => outcomes.models.includes(model))),
      signal,
      onProgress: (done, total) => progress.show(done, total, `${outcomes.name}: streams`),
    })
  } finally {
    progress.end()
  }
}

function readPriorities(
  { folder }: CommandContext,
  file: string | undefined,
): ReadonlyMap<string, number> {
  if (file === undefined) return new Map()
  const said = '--priorities takes a JSON file { "model": 0 to 100, … }'
  let json: unknown
  try {
    json = JSON.parse(readFileSync(resolve(folder, file), 'utf8'))
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
