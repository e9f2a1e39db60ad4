import { afterAll, describe, expect, it } from 'vitest'

import { CONFORMANCE_SCENARIOS } from '../conformance/index.ts'
import type { ConformanceScenario, SubjectUnderTest } from '../conformance/index.ts'
import { openUpstreams } from '../conformance/run-conformance.ts'
import { runScenario, skipReason } from '../conformance/run-scenario.ts'
import type { Upstreams } from '../conformance/upstreams.ts'

/** What {@link conformanceSuite} takes. */
export interface ConformanceSuiteSetup {
  readonly subject: SubjectUnderTest
  /** Default: all. */
  readonly scenarios?: readonly ConformanceScenario[] | undefined
  /** Scenarios that the subject is known not to pass, by id, each with the reason. One that passes after all fails. Default: none. */
  readonly without?: Readonly<Record<string, string>> | undefined
  /** After how long a scenario that has not ended has failed, milliseconds. Default: `10_000`. */
  readonly deadlineMs?: number | undefined
}

/**
 * The fault-conformance suite as vitest tests, one for each scenario, over real sockets. What the
 * subject's wire format has not is left out; what it has no ability for is skipped, with the reason.
 */
export function conformanceSuite(setup: ConformanceSuiteSetup): void {
  const { subject, without = {}, deadlineMs = 10_000 } = setup
  const all = setup.scenarios ?? CONFORMANCE_SCENARIOS
  const scenarios = all.filter(({ dialects }) => dialects?.includes(subject.dialect) !== false)
  describe(`fault conformance: ${subject.name}`, () => {
    let upstreams: Promise<Upstreams> | undefined
    afterAll(async () => (await upstreams)?.close())
    for (const scenario of scenarios) {
      const { id, title } = scenario
      const skipped = skipReason(scenario, subject)
      const name = `${id}: ${title}${skipped === undefined ? '' : ` (${skipped})`}`
      it.skipIf(skipped !== undefined)(
        name,
        async () => {
          upstreams ??= openUpstreams(subject)
          const { signal } = new AbortController()
          const run = { subject, upstreams: await upstreams, deadlineMs, signal }
          const result = await runScenario(scenario, run)
          const known = without[id]
          if (known === undefined) expect(result.reason).toBeUndefined()
          else expect(result.status, `${id} passes, although: ${known}`).toBe('failed')
        },
        deadlineMs * 2 + 5000,
      )
    }
    it('is not without what there is not', () => {
      const ids = new Set(scenarios.map(({ id }) => id))
      expect(Object.keys(without).filter((id) => !ids.has(id))).toEqual([])
    })
  })
}
