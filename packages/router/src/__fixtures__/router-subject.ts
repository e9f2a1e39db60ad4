import type { ProviderDefinition } from '@imrs/core'
import { perMillionFromPerToken } from '@imrs/core'
import { anthropic, google, openRouter, openai, requesty } from '@imrs/providers'
import type { ProviderOptions } from '@imrs/providers'
import type { ConformanceAbility, SubjectUnderTest } from '@imrs/testing/conformance'

import { conformanceSubject } from './conformance-router.ts'
import type { ConformanceProviders } from './conformance-router.ts'

type Dialect = SubjectUnderTest['dialect']

/** The family that speaks each wire format, and where it finds the API below the address it is given. */
const FAMILIES: Readonly<
  Record<Dialect, { readonly make: (options: ProviderOptions) => ProviderDefinition; readonly path: string }>
> = {
  openai: { make: openai, path: '' },
  openrouter: { make: openRouter, path: '' },
  requesty: { make: requesty, path: '' },
  google: { make: google, path: '/v1beta' },
  anthropic: { make: anthropic, path: '/v1' },
}

/** All but being an HTTP endpoint. */
const ABILITIES: readonly ConformanceAbility[] = [
  'faults',
  'failover',
  'several-upstreams',
  'details',
  'timeouts',
  'retries',
  'breaker',
  'hedging',
  'clock',
  'ledger',
  'empty-answers',
  'context-sizes',
]

/** The families that the suite is run for. */
export const CONFORMANCE_FAMILIES: readonly Dialect[] = [
  'openai',
  'openrouter',
  'requesty',
  'google',
  'anthropic',
]

/** The router over one family. */
export function routerSubject(dialect: Dialect): SubjectUnderTest {
  return conformanceSubject({ name: dialect, dialect, abilities: ABILITIES }, familyProviders(dialect))
}

/** Providers of one family, which reads their lists from them. */
export function familyProviders(dialect: Dialect): ConformanceProviders {
  const { make, path } = FAMILIES[dialect]
  return {
    definitionOf: ({ id, baseUrl }, { retries, backOffMs }) =>
      make({
        id,
        displayName: id,
        apiBase: `${baseUrl}${path}`,
        policy: { maxRetries: retries, backoffMs: backOffMs },
      }),
    settingsOf: ({ contextLength, prices }) => ({
      contextLength,
      capabilities: ['text', 'function_calling'],
      pricing: {
        input: perMillionFromPerToken(prices.input),
        output: perMillionFromPerToken(prices.output),
        cachedInput: perMillionFromPerToken(prices.cachedInput),
      },
    }),
  }
}
