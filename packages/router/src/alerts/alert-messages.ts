import type { AlertName, AlertSubject } from '@imrs/core'

export interface AlertFacts {
  readonly alert: AlertName
  readonly subject: AlertSubject
  readonly value: number
  readonly threshold: number
}

/** One sentence for people. */
export function raisedMessage({ alert, subject, value, threshold }: AlertFacts): string {
  const who = nameOf(subject)
  switch (alert) {
    case 'provider-down':
      return `${who} counts as down.`
    case 'error-rate':
      return `${percent(value)} of ${who === 'Answers' ? 'answers' : `the calls of ${who}`} fail; the limit is ${percent(threshold)}.`
    case 'cache-degradation':
      return `${percent(value)} of the looks at ${who} miss; the limit is ${percent(threshold)}.`
    case 'unusual-usage':
      return `${who} is used ${value.toFixed(1)} times as much as usual; the limit is ${threshold} times.`
  }
}

export function clearedMessage({ alert, subject }: Pick<AlertFacts, 'alert' | 'subject'>): string {
  const who = nameOf(subject)
  switch (alert) {
    case 'provider-down':
      return `${who} is back.`
    case 'error-rate':
      return `${who}: the share of failures is low again.`
    case 'cache-degradation':
      return `${who}: most looks hit again.`
    case 'unusual-usage':
      return `${who} is used as much as usual again.`
  }
}

function nameOf({ kind, id }: AlertSubject): string {
  if (kind === 'answers') return 'Answers'
  const words = {
    provider: 'The provider',
    cache: 'The cache',
    tenant: 'The tenant',
    model: 'The model',
  }
  return `${words[kind]} ${id ?? ''}`.trim()
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
