import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../__fixtures__/open-door.ts'
import type { OpenDoor } from '../__fixtures__/open-door.ts'

const ann = identityOf('agent_user', { userId: 'ann', actor: 'user:ann' })
const bob = identityOf('agent_user', { userId: 'bob', actor: 'user:bob' })
const hello = { messages: [{ role: 'user', content: 'Hello' }], model: 'auto' }

interface Whole {
  readonly messageId: string
  readonly model: string
  readonly decision: { readonly decisionId: string }
}

async function ask({ send }: OpenDoor, as = ann): Promise<Whole> {
  const headers = { accept: 'application/json' }
  return bodyOf<Whole>(await send({ path: '/api/chat', as, body: hello, headers }))
}

const feedbackPath = (id: string): string => `/api/v2/chat/messages/${id}/feedback`

describe('feedback over HTTP', () => {
  it('is recorded as the specification says, changed and taken back', async () => {
    const door = await openDoor()
    const { messageId } = await ask(door)
    const give = async (body: object): Promise<unknown> =>
      bodyOf(await door.send({ path: feedbackPath(messageId), as: ann, body }))
    const given = await give({ rating: 1, feedback_type: 'explicit' })
    expect(given).toEqual({
      message_id: messageId,
      rating: 1,
      feedback_type: 'explicit',
      recorded_at: new Date(door.runtime.now()).toISOString(),
      reasons: [],
    })
    expect(await give({ signal: 'thumbs-down' })).toMatchObject({ rating: 0 })
    expect(await give({ signal: 'retract' })).toMatchObject({ rating: null, feedback_type: null })
  })

  it('moves the next choice', async () => {
    const door = await openDoor()
    const first = await ask(door)
    await door.send({ path: feedbackPath(first.messageId), as: ann, body: { rating: 0 } })
    expect((await ask(door)).model).not.toBe(first.model)
  })

  it('is taken from the user of the answer alone', async () => {
    const door = await openDoor()
    const { messageId } = await ask(door)
    const of = async (as: typeof ann, query = '', body: object = { rating: 1 }): Promise<number> =>
      (await door.send({ path: `${feedbackPath(messageId)}${query}`, as, body })).status
    expect(await of(bob)).toBe(404)
    expect(await of({ ...ann, tenantId: 'other' })).toBe(404)
    expect(await of(bob, '?user_id=ann')).toBe(403)
    const selfEvaluation = { rating: 0.5, feedback_type: 'self_eval' }
    expect(await of(ann, '', selfEvaluation)).toBe(403)
    const agent = identityOf('agent', { userId: undefined })
    expect(await of(agent, '?user_id=ann', selfEvaluation)).toBe(200)
    expect(await of(agent, '', selfEvaluation)).toBe(403)
  })

  it('counts once with one idempotency key', async () => {
    const door = await openDoor()
    const { messageId } = await ask(door)
    const headers = { 'idempotency-key': '0199a000-0000-7000-8000-000000000001' }
    const give = async (rating: number): Promise<unknown> =>
      bodyOf(await door.send({ path: feedbackPath(messageId), as: ann, body: { rating }, headers }))
    expect(await give(1)).toMatchObject({ rating: 1 })
    expect(await give(0)).toMatchObject({ rating: 1 })
    const wrong = { 'idempotency-key': 'not a uuid' }
    const refused = await door.send({
      path: feedbackPath(messageId),
      as: ann,
      body: { rating: 1 },
      headers: wrong,
    })
    expect(refused.status).toBe(400)
  })
})

describe('the choice of a user over HTTP', () => {
  it('is nobody’s at first, kept, and heeded by the next request', async () => {
    const door = await openDoor()
    const path = '/api/preferences'
    const none = { provider: null, model: null, updatedAt: null }
    expect(await bodyOf(await door.send({ path, as: ann }))).toEqual(none)
    const body = { provider: 'fake', model: 'large' }
    const set = await door.send({ method: 'PUT', path, as: ann, body })
    expect(await bodyOf(set)).toMatchObject({ provider: 'fake', model: 'fake/large' })
    const { messages } = hello
    const headers = { accept: 'application/json' }
    const answer = await door.send({ path: '/api/chat', as: ann, body: { messages }, headers })
    expect(await bodyOf(answer)).toMatchObject({ model: 'fake/large' })
    expect(await bodyOf(await door.send({ path, as: bob }))).toEqual(none)
    const machine = identityOf('agent', { userId: undefined })
    expect((await door.send({ path, as: machine })).status).toBe(403)
    const wrong = await door.send({ method: 'PUT', path, as: ann, body: { model: 'nobody/knows' } })
    expect(await bodyOf(wrong, 400)).toMatchObject({ error: { code: 'unknown-model' } })
  })
})

describe('decisions over HTTP', () => {
  it('are explained to the user of the answer and to admins of the tenant', async () => {
    const door = await openDoor()
    const { decision, model } = await ask(door)
    const path = `/api/decisions/${decision.decisionId}`
    const explained = await bodyOf(await door.send({ path, as: ann }))
    expect(explained).toMatchObject({
      model,
      source: 'auto',
      candidateCount: 2,
      calls: [{ model, outcome: 'completed', cause: 'first' }],
      sentence: expect.stringContaining(': ') as unknown,
    })
    const statusFor = async (as: typeof ann): Promise<number> =>
      (await door.send({ path, as })).status
    expect(await statusFor(bob)).toBe(404)
    expect(await statusFor(identityOf('tenant_admin'))).toBe(200)
    expect(await statusFor(identityOf('tenant_admin', { tenantId: 'other' }))).toBe(404)
    expect(await statusFor(identityOf('agent', { agentIds: ['other'] }))).toBe(404)
  })

  it('are made without a call, as a dry run', async () => {
    const door = await openDoor()
    const decided = await bodyOf(await door.send({ path: '/api/decide', as: ann, body: hello }))
    expect(decided).toMatchObject({ candidateCount: 2, calls: [], source: 'auto' })
    const { decisionId } = decided as { decisionId: string }
    expect((await door.send({ path: `/api/decisions/${decisionId}`, as: ann })).status).toBe(404)
  })
})
