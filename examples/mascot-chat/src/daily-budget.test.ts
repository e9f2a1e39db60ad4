import { describe, expect, it } from 'vitest'

import { startTestChat, temporaryFolder } from './__fixtures__/test-chat.ts'

const QUESTION = 'Write a function that reverses a string'

describe('a budget of dollars a day', () => {
  it('is spent by answers, and then refuses the next with what is left and until when', async () => {
    const chat = await startTestChat({ budgetUsdPerDay: '0.01' })
    const visitor = chat.visitor()
    const paid = { provider: 'openai', model: 'gpt-4o-mini' }
    const first = await visitor.ask(QUESTION, paid)
    expect(first.last).toMatchObject({ type: 'end', model: 'openai/gpt-4o-mini' })
    const cost = first.parts.find((part) => part.type === 'usage')?.costUsd ?? 0
    expect(cost).toBeGreaterThan(0)
    const [status] = await chat.router.budgets.usage()
    expect(status).toMatchObject({ used: cost, reserved: 0 })
    expect(status?.remaining).toBeCloseTo(0.01 - cost, 9)

    const dear = await visitor.ask(QUESTION, { provider: 'openai', model: 'gpt-4o' })
    const refusal = dear.parts.find((part) => part.type === 'fallback')
    expect(refusal).toMatchObject({ from: 'openai/gpt-4o', failureKind: 'budget-exhausted' })
    expect(refusal?.reason).toContain('The budget "IMRS_BUDGET_USD_PER_DAY" allows $0.01 a day')
  })

  it('goes when the variable does', async () => {
    const dataFolder = await temporaryFolder()
    const limited = await startTestChat({ budgetUsdPerDay: '0', dataFolder })
    const refused = await limited.visitor().ask(QUESTION, { model: 'gpt-4o' })
    expect(refused.last).toMatchObject({ type: 'error', failureKind: 'budget-exhausted' })
    await limited.close()
    const free = await startTestChat({ dataFolder })
    expect(await free.router.budgets.list()).toEqual([])
    expect((await free.visitor().ask(QUESTION, { model: 'gpt-4o' })).last.type).toBe('end')
  })
})
