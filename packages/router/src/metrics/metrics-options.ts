import { ConfigError } from '@imrs/core'

import type { LabelLimits } from './label-bounds.ts'

/** How many names the figures of a router tell apart; what comes later is counted as `other`. */
export interface MetricsOptions {
  /** Default: `100`. */
  readonly maxProviders?: number | undefined
  /** Default: `200`. */
  readonly maxModels?: number | undefined
}

/** @throws ConfigError that names the option. */
export function resolveMetrics(options: MetricsOptions = {}): LabelLimits {
  return Object.freeze({
    provider: bound('metrics.maxProviders', options.maxProviders ?? 100),
    model: bound('metrics.maxModels', options.maxModels ?? 200),
  })
}

function bound(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= 10_000) return value
  throw new ConfigError(`\`${name}\` must be a whole number from 0 to 10000, got ${value}`)
}
