import { CONFORMANCE_SCENARIOS } from '@imrs/testing/conformance'
import { conformanceSuite } from '@imrs/testing/contracts'

import { aiSdkSubject } from '../__fixtures__/ai-sdk-subject.ts'

const UNSEEN =
  'The AI SDK reads nothing but events from a stream: of an error in its place we learn that nothing came'

conformanceSuite({
  subject: aiSdkSubject(),
  without: {
    'error-with-success': UNSEEN,
    'error-with-success-next': UNSEEN,
  },
  // What is left out asks an HTTP endpoint.
  scenarios: CONFORMANCE_SCENARIOS.filter(({ needs }) => !needs.includes('http')),
})
