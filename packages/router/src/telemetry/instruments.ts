import type { Attempt } from '@imrs/core'
import { fromNanoUsd } from '@imrs/core'
import type { Attributes, Counter, Histogram, Meter, UpDownCounter } from '@opentelemetry/api'

import { errorTypeOf } from './attributes.ts'
import type { SemanticConventions } from './telemetry-options.ts'

/** As the conventions advise. */
const SECONDS: readonly number[] = Array.from({ length: 14 }, (_, index) => 0.01 * 2 ** index)
const TOKENS: readonly number[] = Array.from({ length: 14 }, (_, index) => 4 ** index)

/** What is measured. Names with `gen_ai` are those of the conventions. */
export interface Instruments {
  readonly duration: Histogram
  readonly tokens: Histogram
  /** `undefined`: the conventions have none yet. */
  readonly firstChunk: Histogram | undefined
  readonly cost: Counter
  readonly answers: Histogram
  readonly refusals: Counter
  readonly listReads: Histogram
  readonly healthChecks: Histogram
  readonly cacheReads: Counter
  readonly picker: Histogram
  readonly selections: Counter
  readonly alerts: UpDownCounter
}

export function createInstruments(meter: Meter, conventions: SemanticConventions): Instruments {
  const seconds = (name: string, description: string): Histogram =>
    meter.createHistogram(name, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries: [...SECONDS] },
    })
  const counter = (name: string, description: string, unit: string): Counter =>
    meter.createCounter(name, { description, unit })
  return {
    duration: seconds('gen_ai.client.operation.duration', 'GenAI operation duration.'),
    tokens: meter.createHistogram('gen_ai.client.token.usage', {
      description: 'Number of input and output tokens used.',
      unit: '{token}',
      advice: { explicitBucketBoundaries: [...TOKENS] },
    }),
    firstChunk:
      conventions === '1.36'
        ? undefined
        : seconds(
            'gen_ai.client.operation.time_to_first_chunk',
            'Time to receive the first chunk.',
          ),
    cost: counter('imrs.cost', 'Known cost of calls.', 'USD'),
    answers: seconds('imrs.answer.duration', 'How long answers took, with all their calls.'),
    refusals: counter('imrs.requests.refused', 'Requests refused before any call.', '{request}'),
    listReads: seconds('imrs.model_fetch.duration', 'How long lists of models took to read.'),
    healthChecks: seconds(
      'imrs.health_check.duration',
      'How long providers took to say how they are.',
    ),
    cacheReads: counter('imrs.cache.reads', 'Looks at caches.', '{read}'),
    picker: seconds('imrs.picker.duration', 'How long model pickers took, as browsers told it.'),
    selections: counter('imrs.selection.changes', 'Choices that users stored.', '{change}'),
    alerts: meter.createUpDownCounter('imrs.alerts.raised', {
      description: 'Alerts that are raised now.',
      unit: '{alert}',
    }),
  }
}

export interface MeasuredCall {
  readonly attempt: Attempt
  readonly names: Attributes
  readonly isStream: boolean
}

/** Measures one call, with the numbers of its row in the ledger. */
export function measureCall(
  { duration, tokens, firstChunk, cost }: Instruments,
  { attempt, names, isStream }: MeasuredCall,
): void {
  const { usage, usageSource, firstPartMs, totalMs, costNanoUsd } = attempt
  const errorType = errorTypeOf(attempt)
  duration.record(totalMs / 1000, {
    ...names,
    ...(errorType === undefined ? {} : { 'error.type': errorType }),
  })
  if (usage !== undefined) {
    const common = { ...names, 'imrs.usage.source': usageSource ?? 'estimate' }
    tokens.record(usage.inputTokens, { ...common, 'gen_ai.token.type': 'input' })
    tokens.record(usage.outputTokens, { ...common, 'gen_ai.token.type': 'output' })
  }
  if (isStream && firstPartMs !== undefined) firstChunk?.record(firstPartMs / 1000, names)
  if (costNanoUsd !== undefined) cost.add(fromNanoUsd(costNanoUsd), names)
}
