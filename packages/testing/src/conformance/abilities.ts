/**
 * What a subject may be able to do beyond passing an answer through, and what that means. A scenario
 * that needs what the subject has not is skipped, with that as the reason.
 */
export const CONFORMANCE_ABILITIES = {
  faults: 'calls the simulator of this suite as its provider',
  failover: 'asks the next model when one fails before anything was shown',
  'several-upstreams': 'calls each model at an address of its own',
  details:
    'says of a failure what kind it is, what was received, what was tried, and announces fallbacks',
  timeouts: 'gives up when the headers, the first part, the next part or the end are late',
  retries: 'repeats a failed call to the same model, after a wait',
  breaker: 'leaves a model alone that keeps failing, and tries it again later',
  hedging: 'asks a second model when the first is slow to begin',
  clock: 'takes its time from the suite, so that hours pass in no time',
  ledger: 'shows which calls it made and what they cost',
  'empty-answers': 'takes an empty answer for one when the request says so',
  'context-sizes': 'knows how much each model can read',
  http: 'is an HTTP endpoint in the form of OpenAI',
} as const

/** One of {@link CONFORMANCE_ABILITIES}. */
export type ConformanceAbility = keyof typeof CONFORMANCE_ABILITIES

/** True for the name of an ability. */
export function isConformanceAbility(name: string): name is ConformanceAbility {
  return Object.hasOwn(CONFORMANCE_ABILITIES, name)
}
