import type { Tracer } from '@opentelemetry/api'

import type { Instruments } from './instruments.ts'
import type { ResolvedTelemetry } from './telemetry-options.ts'

/** What spans are made with. */
export interface TelemetryKit extends ResolvedTelemetry {
  readonly tracer: () => Tracer
  readonly instruments: Instruments
}
