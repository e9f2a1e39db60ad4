import type { ModelInfo, ModelsProviderInfo } from '@imrs/core'

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
  readonly dismiss: string
  readonly accept: string
  readonly isNew: string
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
  readonly taskType: string
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
  readonly reasons: string
  readonly why: (model: string) => string
  readonly candidates: string
  readonly score: string
  readonly exclusions: string
  readonly calls: string
  readonly cost: string
  readonly costOfAnswers: (cost: string) => string
  readonly unpriced: (count: number) => string
  readonly saved: (amount: string, model: string) => string
  readonly spentMore: (amount: string, model: string) => string
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
  dismiss: 'Dismiss',
  accept: 'Switch',
  isNew: 'New',
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
  taskType: 'Kind of task',
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
  reasons: 'What was it?',
  why: (model) => `Why ${model}?`,
  candidates: 'Candidates',
  score: 'Score',
  exclusions: 'Left out',
  calls: 'Calls',
  cost: 'Cost',
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
