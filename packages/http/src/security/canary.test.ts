import { describe, expect, it } from 'vitest'

import { findCanaries } from '../__fixtures__/canaries.ts'
import { runWithCanaries } from '../__fixtures__/canary-run.ts'

describe.each([
  ['environment', 'sqlite'],
  ['vault', 'sqlite'],
  ['vault', 'postgres'],
] as const)('with keys in the %s and records in %s', (kind, database) => {
  it('no secret is found in a response, a log, an error, an event, a span, a metric, the database or a file', async () => {
    const { canaries, places, statuses, used } = await runWithCanaries(kind, database)
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
      'chat without the store': 200,
      'chat with a user key without the store': 200,
      'create provider': kind === 'vault' ? 201 : 409,
      'refused without the store': 400,
      'refused /api/chat openai/main': 400,
      feedback: 200,
    })
    // And only when what was said is what was looked at.
    const records = [...places].flatMap(([place, text]) =>
      place.startsWith(database === 'sqlite' ? 'file imrs.db' : 'table ') ? [text] : [],
    )
    expect(records.join()).toContain('What can I do for you today?')
    expect(places.get('spans')).toContain('What can I do for you today?')
    expect(places.get('metrics')).toContain('"lab/free"')
    expect(places.get('events')?.length).toBeGreaterThan(500)
    const waiting = places.get('while it was down spool/segment')
    expect(waiting).toContain('What can I do for you today?')
    expect(waiting).toContain('"outcome":"failed"')
  }, 60_000)
})
