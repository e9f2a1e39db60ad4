import { asObject } from '@imrs/core'
import type { PublishedScore } from '@imrs/core'

import { asNumber } from '../../shared/foreign-json.ts'

/**
 * The score in a row's `benchmarks`: Artificial Analysis' intelligence index, which goes to 100. Arenas
 * and indexes of single skills are left out: they are not comparable with it. `undefined` for a row
 * without one, and for a value outside of 0 to 100.
 */
export function publishedScoreOf(benchmarks: unknown): PublishedScore | undefined {
  const indexes = asObject(asObject(benchmarks)?.['artificial_analysis'])
  const index = asNumber(indexes?.['intelligence_index'])
  if (index === undefined || index < 0 || index > 100) return undefined
  return { score: index / 100, source: 'artificial-analysis' }
}
