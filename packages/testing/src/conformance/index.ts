export { CONFORMANCE_ABILITIES, isConformanceAbility } from './abilities.ts'
export type { ConformanceAbility } from './abilities.ts'
export { runConformanceCommand } from './command/run-command.ts'
export type { ConformanceCommand } from './command/run-command.ts'
export type { TextOutput } from './command/print.ts'
export { openAiEndpoint } from './endpoint/open-ai-endpoint.ts'
export type { OpenAiEndpointOptions } from './endpoint/open-ai-endpoint.ts'
export type { ScenarioResult } from './run-scenario.ts'
export { runConformance } from './run-conformance.ts'
export type { ConformanceReport, RunConformanceOptions } from './run-conformance.ts'
export { SCENARIO_GROUPS } from './scenario.ts'
export type { ConformanceScenario, ScenarioGroup } from './scenario.ts'
export { CONFORMANCE_SCENARIOS } from './scenarios/index.ts'
export type {
  CandidatePrices,
  ConformanceAttempt,
  ConformanceCandidate,
  ConformanceEnd,
  ConformanceEndpoint,
  ConformanceError,
  ConformancePart,
  ConformanceRequest,
  ConformanceSubject,
  ConformanceTimeouts,
  ConformanceTool,
  ConformanceTried,
  ConformanceUpstream,
  ConformanceWorld,
  SubjectUnderTest,
} from './subject.ts'
