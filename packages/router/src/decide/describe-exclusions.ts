import type { ExclusionReason } from '@imrs/core'

const WORDS: Readonly<Record<ExclusionReason, string>> = Object.freeze({
  'not-enabled': 'not enabled for this agent',
  'not-in-preset': 'not in the preset',
  'provider-inactive': 'of a provider that is switched off',
  unavailable: 'not available',
  'missing-credential': 'of a provider without a key',
  'credential-unknown': 'of a provider whose key cannot be read now',
  'missing-capability': 'without a capability the request needs',
  'context-too-small': 'with a context too small for the request',
  'not-allowed': 'not among the allowed models',
  role: 'for other roles',
  vetoed: 'refused by the host',
  unhealthy: 'of a provider that is down',
  'breaker-open': 'resting after failures',
  'budget-exhausted': 'over a budget',
  'unsupported-parameter': 'without a parameter the request insists on',
})

/** One sentence that says which filter removed how many models. */
export function describeExclusions(
  counts: Readonly<Partial<Record<ExclusionReason, number>>>,
): string {
  const reasons = (Object.keys(counts) as ExclusionReason[]).map(
    (reason) => `${counts[reason] ?? 0} ${WORDS[reason]}`,
  )
  return reasons.length === 0
    ? 'No model can answer: the catalogue is empty. Check the keys of the providers and read their lists.'
    : `No model can answer: ${reasons.join(', ')}.`
}
