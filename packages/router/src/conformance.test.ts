import { CONFORMANCE_SCENARIOS } from '@imrs/testing/conformance'
import { conformanceSuite } from '@imrs/testing/contracts'

import { CONFORMANCE_FAMILIES, routerSubject } from './__fixtures__/router-subject.ts'

// What is left out asks an HTTP endpoint.
const scenarios = CONFORMANCE_SCENARIOS.filter(({ needs }) => !needs.includes('http'))

for (const family of CONFORMANCE_FAMILIES) {
  conformanceSuite({ subject: routerSubject(family), scenarios })
}
