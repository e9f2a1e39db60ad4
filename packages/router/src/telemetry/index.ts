export { openTelemetry } from './open-telemetry.ts'
export { SEMANTIC_CONVENTIONS, semanticConventionsOf } from './telemetry-options.ts'
export type { OpenTelemetryOptions, SemanticConventions } from './telemetry-options.ts'
