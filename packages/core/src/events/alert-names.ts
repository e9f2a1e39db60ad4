/** What people are told of, by name. */
export const ALERT_NAMES = [
  /** A provider counts as down. */
  'provider-down',
  /** Many calls of a provider, or many answers, fail. */
  'error-rate',
  /** A cache is missed far more often than it should be. */
  'cache-degradation',
  /** A tenant or a model is used far more than usual. */
  'unusual-usage',
] as const

export type AlertName = (typeof ALERT_NAMES)[number]

/** What an alert is about. Ids are those of the catalogue and the host; no user is among them. */
export interface AlertSubject {
  /** `answers`: all of them, whoever made them. */
  readonly kind: 'provider' | 'answers' | 'cache' | 'tenant' | 'model'
  /** Absent for `answers`. */
  readonly id?: string | undefined
}
