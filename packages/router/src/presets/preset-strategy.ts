import type { PresetChoice, Strategy } from '@imrs/core'

import { bestValue } from '../strategies/best-value.ts'
import { cheapest } from '../strategies/cheapest.ts'
import { fastest } from '../strategies/fastest.ts'
import { weighted } from '../strategies/weighted.ts'

/** `weighted`, which a request with a dial of its own turns to `best-value`. */
function bestOrDialled(): Strategy {
  const quality = weighted()
  const value = bestValue({ costQuality: 0 })
  const { name, version } = value
  return {
    ...quality,
    rank: (request) =>
      request.input.costQuality === undefined
        ? quality.rank(request)
        : { ...value.rank(request), strategy: { name, version } },
  }
}

/** The strategy that a preset's choice stands for; `undefined` for the agent's own. */
export function presetStrategy(choice: PresetChoice): Strategy | undefined {
  switch (choice.order) {
    case 'agent':
      return undefined
    case 'best': {
      const { costQuality = 0 } = choice
      return costQuality === 0 ? bestOrDialled() : bestValue({ costQuality })
    }
    case 'cheapest':
      return cheapest()
    case 'fastest':
      return fastest()
  }
}
