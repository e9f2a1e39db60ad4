import type { Capability } from '@imrs/core'

/** What is known of a model beyond its list row. */
export interface AnthropicModelFacts {
  readonly contextLength: number
  /** `undefined` for a model that is newer than this file. */
  readonly maxOutputTokens: number | undefined
  readonly capabilities: readonly Capability[]
  /** Takes `temperature` and `top_p`; later models refuse a request that sets them. */
  readonly takesSampling: boolean
  /** Takes `output_config.format`; earlier models are made to call a tool instead. */
  readonly takesOutputFormat: boolean
  /** How it is asked to think: with a budget of tokens, or with an effort. */
  readonly thinking: 'budget' | 'adaptive'
  /** Whether it thinks in a request that says nothing of it; `always`: also when it is told not to. */
  readonly thinksUnasked: 'never' | 'unless-told' | 'always'
}

const TEXT: readonly Capability[] = ['text', 'code', 'structured_output']
const TOOLS: readonly Capability[] = [...TEXT, 'function_calling']
const VISION: readonly Capability[] = [...TOOLS, 'vision']
const DOCUMENTS: readonly Capability[] = [...VISION, 'document']
const THINKING: readonly Capability[] = [...DOCUMENTS, 'reasoning']

const OLD = {
  contextLength: 200_000,
  takesSampling: true,
  takesOutputFormat: false,
  thinking: 'budget',
  thinksUnasked: 'never',
} as const

/** By name, the first that fits. The list of 2025 told nothing but names. */
const FACTS: readonly (readonly [RegExp, AnthropicModelFacts])[] = [
  [
    /^claude-(?:2|instant)/,
    { ...OLD, contextLength: 100_000, maxOutputTokens: 4096, capabilities: ['text', 'code'] },
  ],
  [/^claude-3-(?:haiku|sonnet|opus)/, { ...OLD, maxOutputTokens: 4096, capabilities: VISION }],
  [/^claude-3-5-/, { ...OLD, maxOutputTokens: 8192, capabilities: DOCUMENTS }],
  [/^claude-3-7-/, { ...OLD, maxOutputTokens: 64_000, capabilities: THINKING }],
  [/^claude-opus-4-(?:0|2\d{7})$/, { ...OLD, maxOutputTokens: 32_000, capabilities: THINKING }],
  [/^claude-sonnet-4-(?:0|2\d{7})$/, { ...OLD, maxOutputTokens: 64_000, capabilities: THINKING }],
  [
    /^claude-opus-4-1(?:-|$)/,
    { ...OLD, maxOutputTokens: 32_000, capabilities: THINKING, takesOutputFormat: true },
  ],
  [
    /^claude-(?:opus|sonnet|haiku)-4-5(?:-|$)/,
    { ...OLD, maxOutputTokens: 64_000, capabilities: THINKING, takesOutputFormat: true },
  ],
  [
    /^claude-(?:opus|sonnet)-4-6(?:-|$)/,
    {
      contextLength: 1_000_000,
      maxOutputTokens: 64_000,
      capabilities: THINKING,
      takesSampling: true,
      takesOutputFormat: true,
      thinking: 'adaptive',
      thinksUnasked: 'never',
    },
  ],
]

const NEWER: AnthropicModelFacts = {
  contextLength: 200_000,
  maxOutputTokens: undefined,
  capabilities: THINKING,
  takesSampling: false,
  takesOutputFormat: true,
  thinking: 'adaptive',
  thinksUnasked: 'always',
}

/** What is known of some of the newer ones beyond that. */
const LATER: readonly (readonly [RegExp, Partial<AnthropicModelFacts>])[] = [
  [/^claude-(?:opus|sonnet|haiku)-4-\d(?:-|$)/, { thinksUnasked: 'never' }],
  [/^claude-(?:opus|sonnet|haiku)-5(?:-\d{8})?$/, { thinksUnasked: 'unless-told' }],
]

/** What is known of the model with this id; every later model is taken for one of the newest. */
export function anthropicModelFacts(externalId: string): AnthropicModelFacts {
  const known = FACTS.find(([pattern]) => pattern.test(externalId))?.[1]
  return known ?? { ...NEWER, ...LATER.find(([pattern]) => pattern.test(externalId))?.[1] }
}
