import type {
  AttemptCause,
  AttemptOutcome,
  DecisionPart,
  ExclusionReason,
  FailureKind,
  FeedbackReason,
  ModelInfo,
  ModelsProviderInfo,
} from '@imrs/core'

import type { PriceLevel } from './price.ts'

/** Every text of the components. */
export interface ImrsLabels {
  /** BCP 47 tag that numbers and times are written by. */
  readonly locale: string
  readonly auto: string
  readonly autoDescription: string
  readonly defaultModel: string
  readonly chooseModel: string
  readonly searchModels: string
  readonly clearFilters: string
  readonly provider: string
  readonly allProviders: string
  readonly freeOnly: string
  readonly capabilities: string
  readonly automaticGroup: string
  readonly favouritesGroup: string
  readonly recentGroup: string
  readonly favourite: string
  readonly compare: string
  readonly compareHint: string
  readonly closeComparison: string
  readonly details: string
  readonly refresh: string
  readonly refreshing: string
  readonly retry: string
  readonly loadingModels: string
  readonly noMatch: string
  readonly staleList: string
  readonly dial: string
  readonly dialQuality: string
  readonly dialPrice: string
  readonly dialUnset: string
  /** The position of the dial, from 0 (quality only) to 1 (price only). */
  readonly dialAt: (costQuality: number) => string
  readonly dialReset: string
  /** Below the dial while a model is chosen, for which it means nothing. */
  readonly dialChoosesAuto: string
  readonly dialIgnored: (costQuality: number) => string
  readonly dismiss: string
  readonly accept: string
  readonly isNew: string
  readonly added: string
  readonly status: Readonly<Record<ModelInfo['status'], string>>
  readonly health: Readonly<Record<ModelsProviderInfo['status'], string>>
  readonly price: Readonly<Record<PriceLevel, string>>
  readonly capability: (capability: string) => string
  readonly shown: (shown: number, total: number) => string
  readonly tokens: (count: string) => string
  readonly degraded: (providers: string) => string
  readonly nextReply: (next: string, running: string) => string
  readonly migrated: (from: string, to: string) => string
  readonly migrationOffered: (from: string, to: string) => string
  readonly invalidSelection: (from: string, to: string | undefined) => string
  readonly notSaved: (model: string) => string
  readonly contextWindow: string
  readonly inputPrice: string
  readonly outputPrice: string
  readonly perMillion: (price: string) => string
  readonly unknown: string
  readonly modalities: string
  readonly state: string
  readonly rateLimit: string
  readonly requestsPerMinute: (count: string) => string
  readonly measured: string
  readonly notMeasured: string
  readonly fewRatings: (minimum: number) => string
  readonly taskType: string
  readonly task: (taskType: string) => string
  readonly quality: string
  readonly ratings: (count: number) => string
  readonly latency: string
  readonly firstWord: string
  readonly milliseconds: (value: string) => string
  readonly providers: string
  readonly models: (count: number) => string
  readonly lastChecked: string
  readonly rateAnswer: string
  readonly thumbUp: string
  readonly thumbDown: string
  readonly ratedUp: string
  readonly ratedDown: string
  readonly ratingTakenBack: string
  readonly ratingFailed: (message: string) => string
  readonly undo: string
  /** Above the reasons of a thumb. */
  readonly reasons: string
  readonly reason: Readonly<Record<FeedbackReason, string>>
  readonly why: (model: string) => string
  readonly chosenBy: string
  readonly source: Readonly<Record<DecisionPart['source'], string>>
  readonly presetChose: (preset: string) => string
  readonly evidence: (source: string, confidence: string) => string
  readonly noEvidence: string
  readonly needs: string
  readonly strategy: string
  readonly lookingUp: string
  readonly candidates: (shown: number, total: number) => string
  readonly score: string
  readonly priority: string
  readonly published: string
  readonly noRatings: string
  readonly exclusions: string
  readonly exclusion: (reason: ExclusionReason) => string
  readonly calls: string
  readonly cause: Readonly<Record<AttemptCause, string>>
  readonly outcome: Readonly<Record<AttemptOutcome, string>>
  readonly failure: Readonly<Record<FailureKind, string>>
  readonly cost: string
  readonly costOfCalls: (cost: string) => string
  readonly costOfAnswers: (cost: string) => string
  readonly unpriced: (count: number) => string
  readonly saved: (amount: string, model: string) => string
  readonly spentMore: (amount: string, model: string) => string
}

function dialAt(costQuality: number): string {
  if (costQuality === 0) return 'Quality only'
  if (costQuality === 1) return 'Price only'
  const price = Math.round(costQuality * 100)
  return `${100 - price} % quality, ${price} % price`
}

/** The texts where none are given. */
export const ENGLISH_LABELS: ImrsLabels = Object.freeze<ImrsLabels>({
  locale: 'en',
  auto: 'Auto',
  autoDescription: 'The router chooses for each question.',
  defaultModel: 'Default model',
  chooseModel: 'Model',
  searchModels: 'Search models',
  clearFilters: 'Clear filters',
  provider: 'Provider',
  allProviders: 'All providers',
  freeOnly: 'Free only',
  capabilities: 'Can do',
  automaticGroup: 'Automatic',
  favouritesGroup: 'Favourites',
  recentGroup: 'Recently used',
  favourite: 'Favourite',
  compare: 'Compare',
  compareHint: 'Choose two to four models to compare.',
  closeComparison: 'Close the comparison',
  details: 'Details',
  refresh: 'Refresh models',
  refreshing: 'Refreshing…',
  retry: 'Retry',
  loadingModels: 'Loading models…',
  noMatch: 'No model matches.',
  staleList: 'This is an earlier list; it may have changed.',
  dial: 'Quality or price',
  dialQuality: 'Quality',
  dialPrice: 'Price',
  dialUnset: 'As the service is set up',
  dialAt,
  dialReset: 'Leave it to the service',
  dialChoosesAuto: 'Turning it chooses Auto.',
  dialIgnored: (costQuality) =>
    `The dial, ${dialAt(costQuality)}, ruled nothing: this way of choosing has none.`,
  dismiss: 'Dismiss',
  accept: 'Switch',
  isNew: 'New',
  added: 'Added',
  status: {
    available: 'Available',
    limited: 'Limited',
    deprecated: 'Deprecated',
    unavailable: 'Unavailable',
  },
  health: { healthy: 'Healthy', degraded: 'Degraded', error: 'Down' },
  price: {
    free: 'Free',
    low: 'Low price',
    standard: 'Medium price',
    premium: 'High price',
    unknown: 'Price unknown',
  },
  capability: (capability) => capability.replaceAll('_', ' '),
  shown: (shown, total) => (shown === total ? `${total} models` : `${shown} of ${total} models`),
  tokens: (count) => `${count} tokens`,
  degraded: (providers) => `Not at their best now: ${providers}.`,
  nextReply: (next, running) => `Next reply: ${next}; this one finishes on ${running}.`,
  migrated: (from, to) => `${from} is now ${to}.`,
  migrationOffered: (from, to) => `${from} is gone. ${to} takes its place.`,
  invalidSelection: (from, to) =>
    to === undefined ? `${from} cannot be chosen.` : `${from} cannot be chosen; ${to} is used.`,
  notSaved: (model) => `${model} is chosen in this browser only: the server cannot be reached.`,
  contextWindow: 'Context',
  inputPrice: 'Input',
  outputPrice: 'Output',
  perMillion: (price) => `${price} per million tokens`,
  unknown: 'unknown',
  modalities: 'Can do',
  state: 'State',
  rateLimit: 'Limit',
  requestsPerMinute: (count) => `${count} requests a minute`,
  measured: 'Measured',
  notMeasured: 'Nothing measured yet.',
  fewRatings: (minimum) =>
    minimum === 1 ? 'Not rated yet.' : `Fewer than ${minimum} ratings of any kind of task yet.`,
  taskType: 'Kind of task',
  task: (taskType) => {
    const words = taskType.replaceAll('_', ' ')
    return words.charAt(0).toUpperCase() + words.slice(1)
  },
  quality: 'Rating',
  ratings: (count) => (count === 1 ? '1 rating' : `${count} ratings`),
  latency: 'Answer time',
  firstWord: 'First word',
  milliseconds: (value) => `${value} ms`,
  providers: 'Providers',
  models: (count) => (count === 1 ? '1 model' : `${count} models`),
  lastChecked: 'Last checked',
  rateAnswer: 'Rate this answer',
  thumbUp: 'Good answer',
  thumbDown: 'Bad answer',
  ratedUp: 'Noted: it counts for this model.',
  ratedDown: 'Noted: it counts against this model.',
  ratingTakenBack: 'Your rating was taken back.',
  ratingFailed: (message) => `Your rating was not saved. ${message}`,
  undo: 'Undo',
  reasons: 'What was it?',
  reason: {
    incorrect: 'Wrong',
    incomplete: 'Incomplete',
    'off-topic': 'Off topic',
    'ignored-instructions': 'Not as I asked',
    'too-long': 'Too long',
    'too-short': 'Too short',
    outdated: 'Outdated',
    unsafe: 'Unsafe',
    slow: 'Slow',
    correct: 'Correct',
    clear: 'Clear',
    complete: 'Complete',
    concise: 'To the point',
    creative: 'Creative',
    other: 'Something else',
  },
  why: (model) => `Why ${model}?`,
  chosenBy: 'Chosen by',
  source: {
    explicit: 'You chose the model.',
    preference: 'You chose the model earlier.',
    default: 'Nobody chose, so the default model answers.',
    auto: 'The router chose the model.',
    'fallback-default': 'The router could not choose, so the default model answers.',
  },
  presetChose: (preset) => `The preset ${preset} chose the model.`,
  evidence: (source, confidence) => `by ${source}, ${confidence} confidence`,
  noEvidence: 'no sign of any other',
  needs: 'Needs',
  strategy: 'Strategy',
  lookingUp: 'Looking it up…',
  candidates: (shown, total) =>
    shown === total ? `Candidates (${total})` : `The best ${shown} of ${total} candidates`,
  score: 'Score',
  priority: 'Priority',
  published: 'Benchmarks',
  noRatings: 'none',
  exclusions: 'Left out',
  exclusion: (reason) => reason.replaceAll('-', ' '),
  calls: 'Calls',
  cause: { first: '', retry: 'again', failover: 'instead', hedge: 'beside it' },
  outcome: { completed: 'completed', failed: 'failed', aborted: 'stopped' },
  failure: {
    'rate-limited': 'had too many requests',
    overloaded: 'was overloaded',
    unavailable: 'was not available',
    connect: 'could not be reached',
    'timeout-headers': 'did not begin to answer',
    'timeout-first-part': 'did not say anything in time',
    'timeout-idle': 'fell silent',
    'timeout-total': 'took too long',
    credentials: 'did not take the key',
    payment: 'wants to be paid first',
    'payment-upstream': 'is out of credit at its provider',
    'context-too-long': 'has too small a context',
    'content-filtered': 'declined to answer',
    'model-gone': 'is no longer offered',
    'model-unfit': 'cannot do that',
    'invalid-request': 'did not take the request',
    truncated: 'broke off',
    malformed: 'sent something unreadable',
    empty: 'gave an empty answer',
    aborted: 'was stopped',
    'budget-exhausted': 'is over its budget',
    unknown: 'failed',
  },
  cost: 'Cost',
  costOfCalls: (cost) => `All calls together: ${cost}`,
  costOfAnswers: (cost) => `Cost so far: ${cost}`,
  unpriced: (count) =>
    count === 1 ? '1 answer of unknown cost' : `${count} answers of unknown cost`,
  saved: (amount, model) => `saved ${amount} against always ${model}`,
  spentMore: (amount, model) => `${amount} more than always ${model}`,
})

/** Some texts in place of the English ones. */
export interface LabelsProps {
  readonly labels?: Partial<ImrsLabels> | undefined
}

export function withLabels(labels: Partial<ImrsLabels> | undefined): ImrsLabels {
  return labels === undefined ? ENGLISH_LABELS : { ...ENGLISH_LABELS, ...labels }
}
