import type { SimulatedDialect } from '../simulator/index.ts'
import type { ConformanceAbility } from './abilities.ts'
import type { Stage } from './stage.ts'

/** What scenarios are about. */
export const SCENARIO_GROUPS = {
  reading: 'Answers that are unusual and right',
  start: 'What goes wrong before anything is shown',
  middle: 'What goes wrong after something was shown',
  finish: 'What happens around the end',
  statuses: 'HTTP statuses',
  failures: 'Failures in the words of each provider',
  limits: 'Being told when to come back',
  failover: 'Another model takes over',
  tools: 'Tool calls',
  timeouts: 'What is late',
  aborts: 'Callers that leave',
  breaker: 'Models that keep failing',
  hedging: 'A second model for a slow one',
  clock: 'Clocks that jump',
  ledger: 'What calls cost',
  load: 'Many at once, and much at once',
  endpoint: 'HTTP endpoints in the form of OpenAI',
} as const

/** One of {@link SCENARIO_GROUPS}. */
export type ScenarioGroup = keyof typeof SCENARIO_GROUPS

/** What a provider does, and what the subject must make of it. */
export interface ConformanceScenario {
  /** Stays what it is: documents and reports name it. */
  readonly id: string
  readonly group: ScenarioGroup
  /** A promise, as one sentence without a full stop. */
  readonly title: string
  /** Without one of them the scenario is skipped. */
  readonly needs: readonly ConformanceAbility[]
  /** The wire formats that can show it. Default: all. */
  readonly dialects?: readonly SimulatedDialect[] | undefined
  /** @throws BrokenPromise when the subject does something else. */
  readonly run: (stage: Stage) => Promise<void>
}
