import type { ProviderAdapter, ProviderDefinition } from '@imrs/core'
import type { SimulatedDialect, Simulator } from '@imrs/testing/simulator'

import { anthropic } from '../definitions/anthropic.ts'
import { google } from '../definitions/google.ts'
import { openRouter } from '../definitions/open-router.ts'
import { openai } from '../definitions/openai.ts'
import { requesty } from '../definitions/requesty.ts'
import { connect } from './connect.ts'

/** A family as the simulator plays it. */
export interface SimulatedFamily {
  readonly dialect: SimulatedDialect
  readonly define: (apiBase: string) => ProviderDefinition
  /** A model that takes tools. */
  readonly model: string
}

export const simulatedFamilies: readonly SimulatedFamily[] = [
  { dialect: 'openai', define: (apiBase) => openai({ apiBase }), model: 'gpt-4o' },
  {
    dialect: 'openrouter',
    define: (apiBase) => openRouter({ apiBase }),
    model: 'xiaomi/mimo-v2-flash',
  },
  { dialect: 'requesty', define: (apiBase) => requesty({ apiBase }), model: 'google/gemini-2.5-pro' },
  { dialect: 'google', define: (apiBase) => google({ apiBase }), model: 'gemini-2.5-flash' },
  {
    dialect: 'anthropic',
    define: (apiBase) => anthropic({ apiBase }),
    model: 'claude-sonnet-4-6',
  },
]

/** An adapter of the family that is connected to a simulator with a key that works. */
export function connectSimulated(
  simulator: Simulator,
  { dialect, define }: SimulatedFamily,
): ProviderAdapter {
  return connect(define(simulator.baseUrls[dialect]), { credential: simulator.keys[dialect] })
}
