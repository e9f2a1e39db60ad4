import { describe, expect, it, onTestFinished } from 'vitest'

import { conformanceSuite } from '../contracts/conformance-suite.ts'
import { startSimulator } from '../simulator/index.ts'
import { LIARS, directSubject, failoverSubject } from './__fixtures__/subjects.ts'
import { CONFORMANCE_SCENARIOS, SCENARIO_GROUPS, runConformance } from './index.ts'
import type { ConformanceAbility, ConformancePart, ScenarioResult } from './index.ts'

conformanceSuite({
  subject: directSubject(),
  scenarios: CONFORMANCE_SCENARIOS.filter(({ needs }) => needs.join() === 'faults'),
  without: {
    'empty-answer': 'what the provider calls an answer is passed on as one',
    'white-space-answer': 'the same',
    'answer-filtered': 'the same',
    'no-key-in-message': 'what the provider says is passed on word by word',
  },
})

const named = (ids: readonly string[]) => CONFORMANCE_SCENARIOS.filter(({ id }) => ids.includes(id))

/** An answer whose every part is what `next` gives. */
const answering = (next: () => Promise<never>): AsyncIterable<ConformancePart> => ({
  [Symbol.asyncIterator]: () => ({ next }),
})

describe('the list of scenarios', () => {
  it('has more than sixty, each with a name of its own', () => {
    const ids = CONFORMANCE_SCENARIOS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(60)
    expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([])
    expect(Object.isFrozen(CONFORMANCE_SCENARIOS)).toBe(true)
  })

  it('says each promise once, as a sentence without a full stop', () => {
    const titles = CONFORMANCE_SCENARIOS.map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
    expect(titles.filter((title) => !/^[A-Z`].*[^.]$/.test(title))).toEqual([])
  })

  it('has something in every group', () => {
    const used = new Set(CONFORMANCE_SCENARIOS.map(({ group }) => group))
    expect(Object.keys(SCENARIO_GROUPS).filter((group) => !used.has(group as never))).toEqual([])
  })
})

describe('a subject that', () => {
  it.each(Object.entries(LIARS))(
    '%s is found out',
    async (...[, { subject, caught, hangs = false }]) => {
      const base = subject()
      // One of them has to speak a format in which there is thinking to show.
      const dialect = caught.includes('reasoning-apart') ? 'openrouter' : base.dialect
      const report = await runConformance({
        subject: { ...base, dialect },
        scenarios: named(caught),
        deadlineMs: hangs ? 300 : 10_000,
      })
      expect(report.scenarios.filter(({ status }) => status !== 'failed')).toEqual([])
      expect(report.failed).toBe(caught.length)
      const reasons = report.scenarios.map(({ reason }) => reason)
      if (!hangs) expect(reasons).not.toContain('was not over after 10000 ms')
    },
  )

  const claims: readonly (readonly [ConformanceAbility, readonly string[]])[] = [
    ['failover', ['status-503-next', 'ended-after-start-up-next', 'recovers', 'same-request']],
    ['timeouts', ['headers-late', 'idle', 'only-start-up', 'total']],
    ['retries', ['repeats-once', 'repeats-no-more']],
    ['details', ['status-503', 'retry-after-seconds', 'context-too-long']],
    ['ledger', ['ledger-answer', 'ledger-cost-of-broken']],
  ]
  it.each(claims)('claims %s and cannot is found out', async (ability, caught) => {
    const report = await runConformance({
      subject: directSubject(undefined, ['faults', ability]),
      scenarios: named(caught),
      deadlineMs: 600,
    })
    expect(report).toMatchObject({ failed: caught.length, passed: 0, skipped: 0 })
  })
})

describe('a subject that runs already, in front of one provider', () => {
  it('is told apart by the models it asks for', async () => {
    const simulator = await startSimulator()
    onTestFinished(() => simulator.close())
    const subject = failoverSubject(simulator, ['gpt-4o', 'gpt-4o-mini'])
    const scenarios = CONFORMANCE_SCENARIOS.filter(({ id }) => id.endsWith('-next'))
    const { scenarios: results } = await runConformance({ subject, scenarios })
    const passed = results.filter(({ status }) => status === 'passed')
    expect(passed.length).toBeGreaterThan(40)
    expect(results.filter(({ status }) => status === 'failed')).toEqual([])
    const alone = failoverSubject(simulator, ['gpt-4o'])
    const report = await runConformance({ subject: alone, scenarios: named(['status-503-next']) })
    expect(report.failed).toBe(1)
  })
})

describe('a run', () => {
  it('tells each result as it comes, and counts them', async () => {
    const results: ScenarioResult[] = []
    const report = await runConformance({
      subject: directSubject(),
      scenarios: named(['plain-answer', 'empty-answer', 'hedge-abort', 'error-in-choice']),
      onResult: (result) => results.push(result),
    })
    expect(report).toMatchObject({ passed: 1, failed: 1, skipped: 2, scenarios: results })
    expect(results.map(({ id, status }) => [id, status])).toEqual([
      ['plain-answer', 'passed'],
      ['error-in-choice', 'skipped'],
      ['empty-answer', 'failed'],
      ['hedge-abort', 'skipped'],
    ])
    const [plain, choice, , hedge] = results
    expect(plain).not.toHaveProperty('reason')
    expect(choice?.reason).toBe('openai has no such thing')
    expect(hedge?.reason).toMatch(/^needs a subject that asks a second model .* \(hedging\)$/)
  })

  it('goes on after a subject that hangs, and ends what it left', async () => {
    const hangs = directSubject(() => () => answering(() => new Promise(() => undefined)))
    const report = await runConformance({
      subject: hangs,
      scenarios: named(['plain-answer', 'never-read']),
      deadlineMs: 100,
    })
    expect(report.scenarios.map(({ status }) => status)).toEqual(['failed', 'passed'])
    expect(report.scenarios[0]?.reason).toBe('was not over after 100 ms')
  })

  it('goes on after a subject that cannot be made', async () => {
    const report = await runConformance({
      subject: { ...directSubject(), make: () => Promise.reject(new Error('no luck')) },
      scenarios: named(['plain-answer']),
    })
    expect(report.scenarios[0]).toMatchObject({ status: 'failed', reason: 'no luck' })
  })

  it('stops when it is told to, in the middle of a scenario', async () => {
    const abort = new AbortController()
    const asked = Promise.withResolvers<void>()
    const hangs = directSubject(() => (_, { signal }) => {
      const aborted = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
      return answering(() => {
        asked.resolve()
        return aborted
      })
    })
    const run = runConformance({ subject: hangs, signal: abort.signal })
    await asked.promise
    abort.abort(new Error('enough'))
    await expect(run).rejects.toThrow('enough')
  })

  it('refuses an ability that there is not', async () => {
    const abilities = ['faults', 'flying'] as unknown as readonly ConformanceAbility[]
    await expect(runConformance({ subject: directSubject(undefined, abilities) })).rejects.toThrow(
      '"flying"',
    )
  })
})
