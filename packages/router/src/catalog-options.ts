import type { CacheTimes } from '@imrs/catalog'
import { ConfigError, decimalTextSchema } from '@imrs/core'
import type { CostTierBounds } from '@imrs/core'

import type { RouterOptions } from './options.ts'

/** Looks at what the catalogue is told. @throws ConfigError that names the option, the rule and the value. */
export function assertCatalogOptions({ cacheTimes, costTierBounds }: RouterOptions): void {
  if (cacheTimes !== undefined) assertTimes(cacheTimes)
  if (costTierBounds !== undefined) assertBounds(costTierBounds)
}

function assertTimes({ listMs, healthMs }: CacheTimes): void {
  for (const [name, value] of Object.entries({ listMs, healthMs })) {
    if (value === undefined || value >= 0) continue
    throw new ConfigError(
      `\`cacheTimes.${name}\` must be a number of at least 0, got ${String(value)}`,
    )
  }
}

function assertBounds({ low, standard }: CostTierBounds): void {
  for (const [name, value] of Object.entries({ low, standard })) {
    if (decimalTextSchema.safeParse(value).success) continue
    throw new ConfigError(
      `\`costTierBounds.${name}\` must be a decimal number as text, such as "1.5", ` +
        `got ${JSON.stringify(value)}`,
    )
  }
  if (Number(low) <= Number(standard)) return
  throw new ConfigError(
    `\`costTierBounds.standard\` must be at least \`costTierBounds.low\` (${low}), got ${standard}`,
  )
}
