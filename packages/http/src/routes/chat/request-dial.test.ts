import { adaptive } from '@imrs/router'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import type { DecisionWire } from '../decisions/decision-wire.ts'

const as = identityOf('agent_user')
const messages = [{ role: 'user', content: 'Hello' }]
const headers = { accept: 'application/json' }

interface Whole {
  readonly decision: { readonly decisionId: string; readonly costQuality?: number }
  readonly warnings: readonly { readonly code: string }[]
}

async function chat({ send }: OpenDoor, asked: object): Promise<Whole> {
  const body = { messages, model: 'auto', ...asked }
  return bodyOf<Whole>(await send({ path: '/api/chat', as, body, headers }))
}

async function explain({ send }: OpenDoor, id: string): Promise<DecisionWire> {
  return bodyOf<DecisionWire>(await send({ path: `/api/decisions/${id}`, as }))
}

describe('the dial of a request over HTTP', () => {
  it('rules the choice where something has a dial, and is said in the decision', async () => {
    const door = await openDoor({ router: { strategy: adaptive() } })
    const { decision, warnings } = await chat(door, { costQuality: 0.4 })
    expect(decision.costQuality).toBe(0.4)
    expect(warnings).toEqual([])
    const stored = await explain(door, decision.decisionId)
    expect(stored).toMatchObject({ costQuality: 0.4, ignoredCostQuality: null })
    const body = { messages, model: 'auto', costQuality: 1 }
    const decided = await bodyOf<DecisionWire>(await door.send({ path: '/api/decide', as, body }))
    expect(decided).toMatchObject({ costQuality: 1, ignoredCostQuality: null })
    const plain = await explain(door, (await chat(door, {})).decision.decisionId)
    expect(plain).toMatchObject({ costQuality: null, ignoredCostQuality: null })
  })

  it('is said to be passed over where nothing has one', async () => {
    const door = await openDoor()
    const { decision, warnings } = await chat(door, { model: 'fake/large', costQuality: 0 })
    expect(warnings).toMatchObject([{ code: 'cost-quality-ignored' }])
    const stored = await explain(door, decision.decisionId)
    expect(stored).toMatchObject({ costQuality: null, ignoredCostQuality: 0 })
  })

  it('is a number from 0 to 1', async () => {
    const door = await openDoor()
    for (const costQuality of [-1, 2, '1', null]) {
      const body = { messages, costQuality }
      const response = await door.send({ path: '/api/chat', as, body, headers })
      expect(await bodyOf(response, 400)).toMatchObject({ error: { field: 'costQuality' } })
    }
  })
})

describe('the dial of a chat completion', () => {
  it('is `imrs.cost_quality`', async () => {
    const door = await openDoor({ router: { strategy: adaptive() } })
    const path = '/v1/chat/completions'
    const ask = async (imrs: object): Promise<Response> =>
      door.send({ path, as, body: { messages, model: 'auto', imrs } })
    const { imrs } = await bodyOf<{ imrs: { decision_id: string; warnings: readonly string[] } }>(
      await ask({ cost_quality: 0.6 }),
    )
    expect(imrs.warnings).toEqual([])
    expect(await explain(door, imrs.decision_id)).toMatchObject({ costQuality: 0.6 })
    expect((await ask({ cost_quality: 1.5 })).status).toBe(400)
  })
})
