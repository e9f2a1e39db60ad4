import type { ProviderDefinition } from '@imrs/core'
import type { SimulatedDialect } from '@imrs/testing/simulator'

import { anthropic, google, mistral, openRouter, openai, requesty } from '../index.ts'

/** Somebody who may take over a conversation. */
export interface Speaker {
  readonly name: string
  readonly dialect: SimulatedDialect
  readonly externalId: string
  readonly define: (apiBase: string) => ProviderDefinition
  /** The ids that its provider gives to calls. */
  readonly ids: readonly [string, string]
  /** Whether it gives out something that only it understands. */
  readonly signs: boolean
}

/** One of each family, and those of a family whose models differ. */
export const speakers: readonly Speaker[] = [
  {
    name: 'OpenAI',
    dialect: 'openai',
    externalId: 'gpt-4o',
    define: (apiBase) => openai({ apiBase }),
    ids: ['call_Ab1', 'call_Ab2'],
    signs: false,
  },
  {
    name: 'Mistral',
    dialect: 'openai',
    externalId: 'mistral-small-latest',
    define: (apiBase) => mistral({ apiBase }),
    ids: ['aBcDeF123', 'aBcDeF124'],
    signs: false,
  },
  {
    name: 'OpenRouter',
    dialect: 'openrouter',
    externalId: 'qwen/qwen3.7-flash',
    define: (apiBase) => openRouter({ apiBase }),
    ids: ['functions.weather:0', 'functions.weather:1'],
    signs: true,
  },
  {
    name: 'Requesty',
    dialect: 'requesty',
    externalId: 'google/gemini-2.5-pro',
    define: (apiBase) => requesty({ apiBase }),
    ids: ['tool_0_weather', 'tool_1_weather'],
    signs: false,
  },
  {
    name: 'Gemini 3',
    dialect: 'google',
    externalId: 'gemini-3-flash-preview',
    define: (apiBase) => google({ apiBase }),
    ids: ['', ''],
    signs: true,
  },
  {
    name: 'Gemini 2.5',
    dialect: 'google',
    externalId: 'gemini-2.5-flash',
    define: (apiBase) => google({ apiBase }),
    ids: ['', ''],
    signs: false,
  },
  {
    name: 'Claude 4.6',
    dialect: 'anthropic',
    externalId: 'claude-sonnet-4-6',
    define: (apiBase) => anthropic({ apiBase }),
    ids: ['toolu_01Ab', 'toolu_01Ac'],
    signs: true,
  },
  {
    name: 'Claude 4.5',
    dialect: 'anthropic',
    externalId: 'claude-haiku-4-5-20251001',
    define: (apiBase) => anthropic({ apiBase }),
    ids: [`toolu_${'x'.repeat(60)}`, `toolu_${'y'.repeat(60)}`],
    signs: true,
  },
]

/** @throws RangeError when nobody has that name. */
export function speakerNamed(name: string): Speaker {
  const speaker = speakers.find((one) => one.name === name)
  if (speaker === undefined) throw new RangeError(`Nobody is called ${name}`)
  return speaker
}
