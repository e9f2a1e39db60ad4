import { systemRuntime } from '@imrs/core'

import { startSimulator } from '../../simulator/index.ts'
import type { Simulator } from '../../simulator/index.ts'
import { openAiEndpoint } from '../endpoint/open-ai-endpoint.ts'
import { runConformance } from '../run-conformance.ts'
import type { ConformanceReport } from '../run-conformance.ts'
import type { ScenarioResult } from '../run-scenario.ts'
import type { ConformanceScenario } from '../scenario.ts'
import type { ConformanceEndpoint, SubjectUnderTest } from '../subject.ts'
import { KEY_VARIABLE, UsageError, helpText, parseCommand } from './options.ts'
import type { CommandOptions } from './options.ts'
import { createProgress, reportJson, summaryText } from './print.ts'
import type { TextOutput } from './print.ts'
import { UnreachableEndpoint, findModel, findUpstream } from './probe.ts'

/** What a command is run with. */
export interface ConformanceCommand {
  /** The arguments behind the command's name. */
  readonly parameters: readonly string[]
  readonly stdout: TextOutput
  readonly stderr: TextOutput
  /** Stops the run. Default: nothing does. */
  readonly signal?: AbortSignal | undefined
  /** Default: the environment of the process. */
  readonly environment?: ((name: string) => string | undefined) | undefined
}

/**
 * The command `imrs-conformance`. Resolves with the exit code: 0 when all that ran passed, 1 when
 * something failed, 2 when there was nothing to run, 130 when it was stopped. Closes what it opened.
 */
export async function runConformanceCommand(command: ConformanceCommand): Promise<number> {
  const { signal = new AbortController().signal, stdout, stderr } = command
  try {
    const parsed = parseCommand(command.parameters)
    if (parsed.kind === 'help') stdout.write(helpText())
    else if (parsed.kind === 'list') stdout.write(parsed.scenarios.map(listLine).join(''))
    else return await run(parsed.options, { ...command, signal })
    return 0
  } catch (error) {
    if (signal.aborted) {
      stderr.write('\nStopped\n')
      return 130
    }
    const isExpected = error instanceof UsageError || error instanceof UnreachableEndpoint
    if (!isExpected) throw error
    stderr.write(`${error.message}\n`)
    return 2
  }
}

type Running = ConformanceCommand & { readonly signal: AbortSignal }

async function run(options: CommandOptions, command: Running): Promise<number> {
  const { upstreamPort, url, model } = options
  const { environment = systemRuntime.environment, signal, stdout, stderr } = command
  const apiKey = environment(KEY_VARIABLE)
  // With `--json` the standard output holds nothing but the object.
  const told = options.isJson ? stderr : stdout
  const simulator = upstreamPort === undefined ? undefined : await openSimulator(upstreamPort)
  try {
    if (simulator !== undefined) told.write(upstreamText(simulator))
    const asked = model ?? (await findModel({ baseUrl: url, apiKey }, signal))
    const endpoint = { baseUrl: url, apiKey, model: asked }
    const subject = await subjectOf({ endpoint, simulator, options, signal })
    told.write(`${url}, model ${asked}: ${wiringText(subject, simulator)}\n\n`)
    const report = await play(subject, options, { ...command, stdout: told })
    if (options.isJson) stdout.write(reportJson(report))
    return report.failed === 0 ? 0 : 1
  } finally {
    await simulator?.close()
  }
}

async function play(
  subject: SubjectUnderTest,
  { scenarios, deadlineMs }: CommandOptions,
  { stdout, signal }: Running,
): Promise<ConformanceReport> {
  const progress = createProgress(stdout, scenarios.length)
  const onResult = (result: ScenarioResult): void => progress.onResult(result)
  try {
    const report = await runConformance({ subject, scenarios, deadlineMs, signal, onResult })
    progress.clear()
    stdout.write(summaryText(report))
    return report
  } finally {
    progress.clear()
  }
}

async function openSimulator(port: number): Promise<Simulator> {
  try {
    return await startSimulator({ port })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--upstream-port ${port} cannot be used: ${reason}`)
  }
}

async function subjectOf({
  endpoint,
  simulator,
  options,
  signal,
}: {
  readonly endpoint: ConformanceEndpoint
  readonly simulator: Simulator | undefined
  readonly options: CommandOptions
  readonly signal: AbortSignal
}): Promise<SubjectUnderTest> {
  const found =
    simulator === undefined ? undefined : await findUpstream(endpoint, simulator, signal)
  const base = {
    name: endpoint.baseUrl,
    endpoint,
    make: async () => openAiEndpoint(endpoint),
  }
  if (simulator === undefined || found === undefined) {
    return { ...base, dialect: 'openai', abilities: ['http'] }
  }
  return {
    ...base,
    dialect: found.dialect,
    abilities: ['http', 'faults', ...options.abilities],
    upstream: { simulator, model: found.model },
  }
}

function wiringText({ upstream, dialect }: SubjectUnderTest, simulator?: Simulator): string {
  if (upstream !== undefined) {
    return `it calls ${upstream.model} of the provider started here, in the form of ${dialect}`
  }
  return simulator === undefined
    ? 'no provider was started (--upstream-port), so it is asked as it is'
    : 'it did not call the provider started here, so it is asked as it is'
}

function upstreamText({ baseUrls, keys, models }: Simulator): string {
  const rows = (['openai', 'openrouter', 'requesty', 'google', 'anthropic'] as const).map(
    (dialect) => {
      const ids = models.filter((one) => one.dialect === dialect && one.kind === 'chat')
      const names = ids
        .slice(0, 3)
        .map(({ id }) => id)
        .join(', ')
      return `  ${dialect.padEnd(10)}  ${baseUrls[dialect]}  key ${keys[dialect]}\n${''.padEnd(14)}${names}\n`
    },
  )
  return `Configure the endpoint to call one of these:\n${rows.join('')}\n`
}

function listLine({ id, group, title, needs }: ConformanceScenario): string {
  const needed = needs.length === 0 ? '' : ` [${needs.join(', ')}]`
  return `${group.padEnd(9)}  ${id}: ${title}${needed}\n`
}
