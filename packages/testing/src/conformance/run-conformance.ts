import { isConformanceAbility } from './abilities.ts'
import { runScenario } from './run-scenario.ts'
import type { ScenarioResult } from './run-scenario.ts'
import type { ConformanceScenario } from './scenario.ts'
import { CONFORMANCE_SCENARIOS } from './scenarios/index.ts'
import type { SubjectUnderTest } from './subject.ts'
import { sharedUpstreams, startUpstreams } from './upstreams.ts'
import type { Upstreams } from './upstreams.ts'

/** Options of {@link runConformance}. */
export interface RunConformanceOptions {
  readonly subject: SubjectUnderTest
  /** Default: {@link CONFORMANCE_SCENARIOS}. */
  readonly scenarios?: readonly ConformanceScenario[] | undefined
  /** Called after each scenario. What it throws ends the run. */
  readonly onResult?: ((result: ScenarioResult) => void) | undefined
  /** Ends the run; what is running is ended first. */
  readonly signal?: AbortSignal | undefined
  /** After how long a scenario that has not ended has failed, milliseconds. Default: `10_000`. */
  readonly deadlineMs?: number | undefined
}

/** How a run went. */
export interface ConformanceReport {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** In the order in which they ran. */
  readonly scenarios: readonly ScenarioResult[]
}

/**
 * Plays scenarios against a subject, one after the other, over real sockets on the loopback
 * interface.
 *
 * Rejects with the signal's reason on abort, after everything it opened is closed.
 *
 * @throws TypeError when the subject claims an ability that there is not.
 */
export async function runConformance(options: RunConformanceOptions): Promise<ConformanceReport> {
  const { subject, scenarios = CONFORMANCE_SCENARIOS, onResult, deadlineMs = 10_000 } = options
  const signal = options.signal ?? new AbortController().signal
  assertAbilities(subject)
  const upstreams = await openUpstreams(subject)
  const results: ScenarioResult[] = []
  try {
    for (const scenario of scenarios) {
      signal.throwIfAborted()
      const result = await runScenario(scenario, { subject, upstreams, deadlineMs, signal })
      results.push(result)
      onResult?.(result)
    }
  } finally {
    await upstreams.close()
  }
  return toReport(results)
}

/** The providers for a subject: its own, where it runs already, else new ones. */
export function openUpstreams({ dialect, upstream }: SubjectUnderTest): Promise<Upstreams> {
  return upstream === undefined
    ? startUpstreams(dialect)
    : Promise.resolve(sharedUpstreams(upstream, dialect))
}

/** Counts results. */
export function toReport(scenarios: readonly ScenarioResult[]): ConformanceReport {
  const count = (status: ScenarioResult['status']): number =>
    scenarios.filter((result) => result.status === status).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    scenarios,
  }
}

/** @throws TypeError for a name that is no ability. */
function assertAbilities({ abilities }: SubjectUnderTest): void {
  const unknown = abilities.find((ability: string) => !isConformanceAbility(ability))
  if (unknown !== undefined) throw new TypeError(`\`abilities\` holds ${JSON.stringify(unknown)}`)
}
