import type { ModelParameterName, ReasoningEffort } from '../chat/model-parameters.ts'
import type { ParameterSupport } from './parameter-support.ts'
import type { ProviderType } from './provider.ts'

/** What is known of some parameters. */
export type KnownParameters = Readonly<Partial<Record<ModelParameterName, ParameterSupport>>>

export const UNKNOWN: ParameterSupport = Object.freeze({ support: 'unknown' })
export const SUPPORTED: ParameterSupport = Object.freeze({ support: 'supported' })
export const UNSUPPORTED: ParameterSupport = Object.freeze({ support: 'unsupported' })

/** What a wire format has, whichever model it is. */
export interface FamilyParameters {
  readonly always: KnownParameters
  /** Of models that have the capability `reasoning`. */
  readonly reasoning: KnownParameters
  /** Of models that do not have it. */
  readonly plain: KnownParameters
}

/** What models of some names make of parameters, beyond what their wire format says. */
export interface NamedParameters {
  readonly pattern: RegExp
  readonly parameters: KnownParameters
  /** Whether they reason when nobody says how hard. Default: `false`. */
  readonly reasonsUnasked?: boolean | undefined
}

function upTo(max: number, min?: number): ParameterSupport {
  return Object.freeze({ support: 'supported', max, ...(min === undefined ? {} : { min }) })
}

function efforts(...values: readonly ReasoningEffort[]): KnownParameters {
  return { reasoningEffort: { support: 'supported', values } }
}

const NO_EFFORT: KnownParameters = { reasoningEffort: UNSUPPORTED }
const NO_SAMPLING: KnownParameters = { temperature: UNSUPPORTED, topP: UNSUPPORTED }
const SENT: KnownParameters = { maxOutputTokens: SUPPORTED, providerOptions: SUPPORTED }

/** Services in front of many models, and servers of all kinds: only their lists can tell. */
const ANY: FamilyParameters = {
  always: SENT,
  reasoning: { reasoningEffort: SUPPORTED },
  plain: {},
}

const OPENAI: FamilyParameters = {
  always: { ...SENT, temperature: upTo(2), topP: upTo(1), stop: upTo(4), seed: SUPPORTED },
  reasoning: { ...NO_SAMPLING, stop: UNSUPPORTED, reasoningEffort: SUPPORTED },
  plain: {},
}

const ANTHROPIC: FamilyParameters = {
  always: {
    ...SENT,
    temperature: upTo(1),
    topP: upTo(1),
    stop: { support: 'supported', takesBlank: false },
    seed: UNSUPPORTED,
  },
  reasoning: { reasoningEffort: SUPPORTED },
  plain: {},
}

const INT32 = 2 ** 31

const GOOGLE: FamilyParameters = {
  always: {
    ...SENT,
    temperature: upTo(2),
    topP: upTo(1),
    stop: upTo(5),
    seed: upTo(INT32 - 1, -INT32),
  },
  reasoning: { reasoningEffort: SUPPORTED },
  plain: NO_EFFORT,
}

/** By provider type. */
export const FAMILY_PARAMETERS: Readonly<Record<ProviderType, FamilyParameters>> = Object.freeze({
  openrouter: ANY,
  requesty: ANY,
  custom: ANY,
  openai: OPENAI,
  azure: OPENAI,
  anthropic: ANTHROPIC,
  google: GOOGLE,
})

/** Servers that copy a wire format and leave something of it out, by host name. */
export const HOST_PARAMETERS: ReadonlyMap<string, KnownParameters> = new Map([
  // Its seed has another name, and names it does not know are refused.
  ['api.mistral.ai', { temperature: upTo(1.5), seed: UNSUPPORTED }],
])

const REASONER: KnownParameters = OPENAI.reasoning

/** They take these two when they are told not to reason, and only then. */
const SAMPLING_IF_NOT_REASONING: KnownParameters = {
  temperature: { ...upTo(2), isTakenWhileReasoning: false },
  topP: { ...upTo(1), isTakenWhileReasoning: false },
}

/** By the name without its date; the first that fits holds. */
const OPENAI_NAMES: readonly NamedParameters[] = [
  {
    pattern: /^o1-(?:mini|preview)$/u,
    parameters: { ...REASONER, ...NO_EFFORT },
    reasonsUnasked: true,
  },
  {
    pattern: /^o\d/u,
    parameters: { ...REASONER, ...efforts('low', 'medium', 'high') },
    reasonsUnasked: true,
  },
  {
    pattern: /^gpt-4o(?:-mini)?-search-preview$|^gpt-5-search-api$/u,
    parameters: { ...NO_SAMPLING, ...NO_EFFORT, stop: UNSUPPORTED, seed: UNSUPPORTED },
  },
  {
    pattern: /^gpt-5\.\d+-chat|^gpt-chat-latest$/u,
    parameters: { ...NO_SAMPLING, ...NO_EFFORT, stop: UNSUPPORTED },
  },
  { pattern: /^(?:gpt-[34]|gpt-5-chat|chatgpt)/u, parameters: NO_EFFORT },
  {
    pattern: /^gpt-5-pro$/u,
    parameters: { ...REASONER, ...efforts('high') },
    reasonsUnasked: true,
  },
  {
    pattern: /^gpt-5\.\d+-pro$/u,
    parameters: { ...REASONER, ...efforts('medium', 'high') },
    reasonsUnasked: true,
  },
  {
    pattern: /^gpt-5(?:\.[12])?-codex/u,
    parameters: { ...REASONER, ...efforts('low', 'medium', 'high') },
    reasonsUnasked: true,
  },
  {
    pattern: /^gpt-5(?:-mini|-nano)?$/u,
    parameters: { ...REASONER, ...efforts('minimal', 'low', 'medium', 'high') },
    reasonsUnasked: true,
  },
  {
    pattern: /^gpt-5\.[124](?:-mini|-nano)?$/u,
    parameters: {
      ...REASONER,
      ...SAMPLING_IF_NOT_REASONING,
      ...efforts('none', 'low', 'medium', 'high'),
    },
    reasonsUnasked: true,
  },
  {
    pattern: /^gpt-5\.\d/u,
    parameters: { ...REASONER, ...efforts('none', 'low', 'medium', 'high') },
    reasonsUnasked: true,
  },
]

/** The API takes one of the two; later models refuse a request that has both. */
const ONE_OF_TWO: KnownParameters = { topP: { ...upTo(1), notBeside: 'temperature' } }

/** How models sample that may reason. */
const ONE_OF_TWO_UNLESS_REASONING: KnownParameters = {
  temperature: { ...upTo(1), isTakenWhileReasoning: false },
  topP: { ...upTo(1), isTakenWhileReasoning: false, notBeside: 'temperature' },
}

const ANTHROPIC_NAMES: readonly NamedParameters[] = [
  {
    pattern: /^claude-(?:2|instant|3-(?:haiku|sonnet|opus|5-))/u,
    parameters: { ...ONE_OF_TWO, ...NO_EFFORT },
  },
  {
    pattern:
      /^claude-(?:3-7-|(?:opus|sonnet)-4-(?:0|2\d{7})$|opus-4-1(?:-|$)|(?:opus|sonnet|haiku)-4-5(?:-|$))/u,
    parameters: { ...ONE_OF_TWO_UNLESS_REASONING, reasoningEffort: SUPPORTED },
  },
  {
    pattern: /^claude-(?:opus|sonnet)-4-6(?:-|$)/u,
    parameters: { ...ONE_OF_TWO_UNLESS_REASONING, ...efforts('none', 'low', 'medium', 'high') },
  },
  // Whatever is newer refuses a request that sets how it samples.
  {
    pattern: /^claude-(?:opus|sonnet|haiku)-4-\d(?:-|$)/u,
    parameters: { ...NO_SAMPLING, ...efforts('none', 'low', 'medium', 'high') },
  },
  {
    pattern: /^claude-(?:opus|sonnet|haiku)-5(?:-\d{8})?$/u,
    parameters: { ...NO_SAMPLING, ...efforts('none', 'low', 'medium', 'high') },
    reasonsUnasked: true,
  },
  // Some cannot be told not to think; one of which nothing is known is taken for one of them.
  {
    pattern: /^/u,
    parameters: { ...NO_SAMPLING, ...efforts('low', 'medium', 'high') },
    reasonsUnasked: true,
  },
]

/** How little they can think, which is never nothing at all. */
const GOOGLE_NAMES: readonly NamedParameters[] = [
  {
    pattern: /^gemini-2\.5-pro/u,
    parameters: efforts('minimal', 'low', 'medium', 'high'),
  },
  { pattern: /^gemini-3-pro/u, parameters: efforts('low', 'high') },
  { pattern: /^gemini-3\.\d+-pro/u, parameters: efforts('low', 'medium', 'high') },
  {
    pattern: /^gemini-3(?:\.\d+)?-flash/u,
    parameters: efforts('minimal', 'low', 'medium', 'high'),
  },
]

/** By provider type; the first whose pattern fits the name holds. */
export const NAMED_PARAMETERS: Readonly<Partial<Record<ProviderType, readonly NamedParameters[]>>> =
  Object.freeze({
    openai: OPENAI_NAMES,
    azure: OPENAI_NAMES,
    anthropic: ANTHROPIC_NAMES,
    google: GOOGLE_NAMES,
  })
