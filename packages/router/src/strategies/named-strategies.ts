import type { Strategy } from '@imrs/core'

import type { AdaptiveOptions } from './adaptive/adaptive-options.ts'
import { adaptive } from './adaptive/adaptive.ts'
import { cheapestWithin } from './cheapest-within.ts'
import { cheapest } from './cheapest.ts'
import { experiment } from './experiment.ts'
import { fastest } from './fastest.ts'
import { priority } from './priority.ts'
import { weighted } from './weighted.ts'

/** Strategies that a name alone stands for. */
export const NAMED_STRATEGIES = [
  'adaptive',
  'weighted',
  'priority',
  'cheapest',
  'cheapest-within',
  'fastest',
] as const
export type NamedStrategy = (typeof NAMED_STRATEGIES)[number]

/** One of them, or two in an experiment that gives each half of the requests. */
export type StrategyName = NamedStrategy | `experiment:${NamedStrategy}+${NamedStrategy}`

export interface NamedStrategyOptions {
  /** Those of `adaptive`. Default: its own. */
  readonly adaptive?: AdaptiveOptions | undefined
}

/** How much worse the cheaper model of `cheapest-within` may be. */
const TOLERANCE = 0.05

/** Arms of an experiment of two strategies, `undefined` for any other name. */
export function experimentArms(name: string): readonly [NamedStrategy, NamedStrategy] | undefined {
  const [, a = '', b = ''] = /^experiment:([^+]+)\+([^+]+)$/.exec(name) ?? []
  return isNamed(a) && isNamed(b) ? [a, b] : undefined
}

export function isStrategyName(name: string): name is StrategyName {
  return isNamed(name) || experimentArms(name) !== undefined
}

function isNamed(name: string): name is NamedStrategy {
  return (NAMED_STRATEGIES as readonly string[]).includes(name)
}

/**
 * The strategy of a name, with its defaults; `cheapest-within` has a tolerance of 0.05.
 *
 * @throws ConfigError for wrong options.
 */
export function namedStrategy(name: StrategyName, options: NamedStrategyOptions = {}): Strategy {
  switch (name) {
    case 'adaptive':
      return adaptive(options.adaptive)
    case 'weighted':
      return weighted()
    case 'priority':
      return priority()
    case 'cheapest':
      return cheapest()
    case 'cheapest-within':
      return cheapestWithin({ tolerance: TOLERANCE })
    case 'fastest':
      return fastest()
    default: {
      const [a, b] = experimentArms(name) ?? ['weighted', 'weighted']
      const arms = { a: namedStrategy(a, options), b: namedStrategy(b, options) }
      return experiment({ name: 'named', ...arms, share: 0.5 })
    }
  }
}
