import { memoryStore } from '@imrs/testing/host'
import type { SinkFault } from '@imrs/testing/simulator'
import { withoutRepeats } from '@imrs/testing/simulator'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { USER, answers, expectedOf, stage } from './__fixtures__/sink-stage.ts'

const isTaken = fc.boolean()

/** What goes wrong with one request; a third of them go well. */
const fault: fc.Arbitrary<SinkFault | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('status' as const),
      status: fc.constantFrom(400, 401, 404, 408, 413, 422, 425, 429, 500, 503),
      retryAfter: fc.constantFrom(undefined, '0', '20', 'soon'),
    }),
  },
  // Any 2xx of a webhook is a receipt, whatever its body.
  { weight: 1, arbitrary: fc.constant({ type: 'garbage', isTaken: true } as const) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('hang' as const), isTaken }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('cut' as const),
      place: fc.constantFrom('head' as const, 'body' as const),
      isTaken,
    }),
  },
)

it('whatever goes wrong, each answer’s records come completely and in order, repeats apart', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { maxLength: 40 }),
      fc.array(fc.nat(4), { minLength: 1, maxLength: 16 }),
      fc.nat(),
      async (faults, rated, seed) => {
        const { router, store, receiver, drive, isEmpty } = await stage({
          store: memoryStore(),
          seed,
        })
        const ids = await answers(store, 5)
        receiver.decide(({ number }) => faults[number - 1])
        for (const [place, index] of rated.entries()) {
          const messageId = ids[index] ?? ''
          await router.feedback({ messageId, userId: USER, rating: (place % 10) / 10 })
        }
        await drive(async () => {
          // What was refused comes back, as it does when a person looks after it.
          await router.sinks.retry({ sink: 'webhook' })
          return isEmpty()
        })
        const received = withoutRepeats(receiver.received)
        for (const id of ids) {
          const own = received.filter((record) => record.id.startsWith(id))
          expect(own.map((record) => record.id)).toEqual(await expectedOf(store, id))
        }
        await receiver.close()
        await router.close()
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)
