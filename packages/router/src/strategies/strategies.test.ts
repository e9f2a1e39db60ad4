import { strategyContract } from '@imrs/testing/contracts'

import { priority } from './priority.ts'
import { weighted } from './weighted.ts'

strategyContract({ name: 'priority', make: () => priority() })
strategyContract({ name: 'weighted', make: () => weighted() })
