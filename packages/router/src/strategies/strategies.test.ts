import { strategyContract } from '@imrs/testing/contracts'

import { adaptive } from './adaptive/adaptive.ts'
import { bestValue } from './best-value.ts'
import { cheapestWithin } from './cheapest-within.ts'
import { cheapest } from './cheapest.ts'
import { experiment } from './experiment.ts'
import { fastest } from './fastest.ts'
import { priority } from './priority.ts'
import { spread } from './spread.ts'
import { sticky } from './sticky.ts'
import { weighted } from './weighted.ts'

strategyContract({ name: 'priority', make: () => priority() })
strategyContract({ name: 'weighted', make: () => weighted() })
strategyContract({ name: 'cheapestWithin', make: () => cheapestWithin({ tolerance: 0.3 }) })
strategyContract({ name: 'cheapest', make: () => cheapest() })
strategyContract({ name: 'bestValue', make: () => bestValue({ costQuality: 0.5 }) })
strategyContract({ name: 'fastest', make: () => fastest() })
strategyContract({ name: 'sticky', make: () => sticky(adaptive()) })
strategyContract({ name: 'spread', make: () => spread(adaptive(), { by: 'price' }) })
strategyContract({
  name: 'experiment',
  make: () => experiment({ name: 'new', a: weighted(), b: adaptive(), share: 0.5 }),
})
