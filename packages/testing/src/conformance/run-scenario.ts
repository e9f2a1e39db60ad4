import { systemRuntime } from '@imrs/core'

import { CONFORMANCE_ABILITIES } from './abilities.ts'
import { NotShowable } from './expectations.ts'
import type { ConformanceScenario, ScenarioGroup } from './scenario.ts'
import { Stage } from './stage.ts'
import type { SubjectUnderTest } from './subject.ts'
import type { Upstreams } from './upstreams.ts'

/** How one scenario went. */
export interface ScenarioResult {
  readonly id: string
  readonly title: string
  readonly group: ScenarioGroup
  readonly status: 'passed' | 'failed' | 'skipped'
  /** Why it failed or was skipped. */
  readonly reason?: string | undefined
  readonly durationMs: number
}

/** What a scenario is run with. */
export interface RunScenario {
  readonly subject: SubjectUnderTest
  readonly upstreams: Upstreams
  /** After how long a scenario that has not ended has failed, milliseconds. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/** Why a subject cannot be asked this; `undefined` when it can. */
export function skipReason(
  scenario: ConformanceScenario,
  { abilities, dialect }: SubjectUnderTest,
): string | undefined {
  if (scenario.dialects?.includes(dialect) === false) {
    return `${dialect} has no such thing`
  }
  const missing = scenario.needs.find((ability) => !abilities.includes(ability))
  return missing === undefined
    ? undefined
    : `needs a subject that ${CONFORMANCE_ABILITIES[missing]} (${missing})`
}

/**
 * Plays one scenario. Rejects only with the signal's reason, when that aborts; whatever else happens
 * is a result.
 */
export async function runScenario(
  scenario: ConformanceScenario,
  run: RunScenario,
): Promise<ScenarioResult> {
  const { id, title, group } = scenario
  const startedAt = systemRuntime.monotonic()
  const result = (status: ScenarioResult['status'], reason?: string): ScenarioResult => ({
    id,
    title,
    group,
    status,
    ...(reason === undefined ? {} : { reason }),
    durationMs: Math.round(systemRuntime.monotonic() - startedAt),
  })
  const skipped = skipReason(scenario, run.subject)
  if (skipped !== undefined) return result('skipped', skipped)
  try {
    await play(scenario, run)
    return result('passed')
  } catch (error) {
    run.signal.throwIfAborted()
    if (error instanceof NotShowable) return result('skipped', error.message)
    return result('failed', error instanceof Error ? error.message : String(error))
  }
}

async function play(scenario: ConformanceScenario, run: RunScenario): Promise<void> {
  const stage = new Stage(run.subject, run.upstreams)
  try {
    await within(scenario.run(stage), run)
  } finally {
    await within(stage.clear(), { ...run, signal: new AbortController().signal })
  }
}

/** The work, unless it takes too long or nobody waits any more. */
async function within(
  work: Promise<void>,
  { deadlineMs, signal }: Pick<RunScenario, 'deadlineMs' | 'signal'>,
): Promise<void> {
  const over = new AbortController()
  const late = systemRuntime
    .sleep(deadlineMs, AbortSignal.any([over.signal, signal]))
    .then(() => Promise.reject(new Error(`was not over after ${deadlineMs} ms`)))
  work.catch(() => undefined)
  late.catch(() => undefined)
  try {
    await Promise.race([work, late])
  } finally {
    over.abort()
  }
}
