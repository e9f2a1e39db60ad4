import type { ConformanceScenario } from '../scenario.ts'
import { ABORT_SCENARIOS } from './aborts.ts'
import { BODY_SCENARIOS } from './bodies.ts'
import { BREAKER_SCENARIOS } from './breaker.ts'
import { CLOCK_SCENARIOS } from './clock.ts'
import { ENDPOINT_SCENARIOS } from './endpoint.ts'
import { FAILOVER_SCENARIOS } from './failover.ts'
import { FAILURE_SCENARIOS } from './failures.ts'
import { FINISH_SCENARIOS } from './finish.ts'
import { HEDGING_SCENARIOS } from './hedging.ts'
import { LEDGER_SCENARIOS } from './ledger.ts'
import { LIMIT_SCENARIOS } from './limits.ts'
import { LOAD_SCENARIOS } from './load.ts'
import { MIDDLE_SCENARIOS } from './middle.ts'
import { READING_SCENARIOS } from './reading.ts'
import { START_SCENARIOS } from './start.ts'
import { STATUS_SCENARIOS } from './statuses.ts'
import { TIMEOUT_SCENARIOS } from './timeouts.ts'
import { TOOL_SCENARIOS } from './tools.ts'

/** Every scenario there is. Ids stay what they are; the list only grows. */
export const CONFORMANCE_SCENARIOS: readonly ConformanceScenario[] = Object.freeze([
  ...READING_SCENARIOS,
  ...START_SCENARIOS,
  ...BODY_SCENARIOS,
  ...MIDDLE_SCENARIOS,
  ...FINISH_SCENARIOS,
  ...STATUS_SCENARIOS,
  ...FAILURE_SCENARIOS,
  ...LIMIT_SCENARIOS,
  ...FAILOVER_SCENARIOS,
  ...TOOL_SCENARIOS,
  ...TIMEOUT_SCENARIOS,
  ...ABORT_SCENARIOS,
  ...BREAKER_SCENARIOS,
  ...HEDGING_SCENARIOS,
  ...CLOCK_SCENARIOS,
  ...LEDGER_SCENARIOS,
  ...LOAD_SCENARIOS,
  ...ENDPOINT_SCENARIOS,
])
