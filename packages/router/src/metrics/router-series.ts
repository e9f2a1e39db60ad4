import { CounterSeries, DurationSeries } from './series.ts'

/** Everything that is counted, by name. */
export interface RouterSeries {
  readonly listTimes: DurationSeries
  readonly cacheReads: CounterSeries
  readonly healthTimes: DurationSeries
  readonly pickerTimes: DurationSeries
  readonly attempts: CounterSeries
  readonly failures: CounterSeries
  readonly attemptTimes: DurationSeries
  readonly firstPartTimes: DurationSeries
  readonly tokens: CounterSeries
  readonly cost: CounterSeries
  readonly answers: CounterSeries
  readonly answerTimes: DurationSeries
  readonly decisions: CounterSeries
  readonly refusals: CounterSeries
  readonly selections: CounterSeries
  readonly alerts: CounterSeries
  readonly internal: CounterSeries
}

function counter(name: string, help: string, ...labels: readonly string[]): CounterSeries {
  return new CounterSeries({ name: `imrs_${name}`, help, labels })
}

function durations(name: string, help: string, ...labels: readonly string[]): DurationSeries {
  return new DurationSeries({ name: `imrs_${name}`, help, labels })
}

export function createRouterSeries(): RouterSeries {
  return {
    listTimes: durations(
      'model_fetch_duration_seconds',
      "How long reading a provider's list of models took.",
      'provider',
      'outcome',
    ),
    cacheReads: counter('cache_reads_total', 'Looks at caches.', 'cache', 'result'),
    healthTimes: durations(
      'health_check_duration_seconds',
      'How long providers took to say how they are.',
      'provider',
      'outcome',
    ),
    pickerTimes: durations(
      'picker_duration_seconds',
      'How long model pickers took, as browsers told it.',
      'measure',
    ),
    attempts: counter('attempts_total', 'Calls to models.', 'provider', 'model', 'outcome'),
    failures: counter('attempt_failures_total', 'Calls that failed.', 'provider', 'kind'),
    attemptTimes: durations('attempt_duration_seconds', 'How long calls took.', 'provider'),
    firstPartTimes: durations(
      'first_part_seconds',
      'From the start of a call to its first visible part.',
      'provider',
    ),
    tokens: counter('tokens_total', 'Tokens of calls.', 'provider', 'model', 'type'),
    cost: counter('cost_usd_total', 'Known cost of calls, US dollars.', 'provider', 'model'),
    answers: counter('answers_total', 'Answers that are over.', 'outcome'),
    answerTimes: durations('answer_duration_seconds', 'How long answers took.', 'outcome'),
    decisions: counter('decisions_total', 'Models chosen.', 'source'),
    refusals: counter('requests_refused_total', 'Requests refused before any call.', 'code'),
    selections: counter('selection_changes_total', 'Choices that users stored.'),
    alerts: counter('alerts_raised_total', 'Alerts that were raised.', 'alert'),
    internal: counter('internal_failures_total', 'Failures of our own parts.', 'part'),
  }
}
