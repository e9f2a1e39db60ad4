import { describe, expect, it } from 'vitest'

import { findCanaries } from '../__fixtures__/canaries.ts'
import { runWithCanaries } from '../__fixtures__/canary-run.ts'

describe.each(['environment', 'vault'] as const)('with keys in the %s', (kind) => {
  it('no secret is found in a response, a log, an error, an event, a span, a page of the database or a file', async () => {
    const { canaries, places, statuses, used } = await runWithCanaries(kind)
    expect(findCanaries(canaries, places)).toEqual([])
    // It is worth something only when the keys were there to be told.
    expect(used).toEqual(
      expect.arrayContaining(
        kind === 'vault'
          ? ['main', 'mine', 'routed', 'sink true']
          : ['main', 'routed', 'sink true'],
      ),
    )
    expect(Object.fromEntries(statuses)).toMatchObject({
      chat: 200,
      'chat as a stream': 200,
      'chat with a user key': 200,
      'chat of a machine': 200,
      'create provider': kind === 'vault' ? 201 : 409,
      'refused /api/chat openai/main': 400,
      feedback: 200,
    })
    for (const place of ['events', 'telemetry', 'file imrs.db'])
      expect(places.get(place)?.length).toBeGreaterThan(500)
  }, 60_000)
})
