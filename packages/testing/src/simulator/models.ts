/** The wire formats that the simulator speaks. */
export const SIMULATED_DIALECTS = [
  'openrouter',
  'openai',
  'requesty',
  'google',
  'anthropic',
] as const

/** One of {@link SIMULATED_DIALECTS}. */
export type SimulatedDialect = (typeof SIMULATED_DIALECTS)[number]

/** The kinds of task in which simulated models differ. */
export const SIMULATED_TASKS = [
  'code',
  'translation',
  'summarization',
  'analysis',
  'math',
  'creative',
  'slides',
  'document',
  'image',
  'general',
] as const

/** One of {@link SIMULATED_TASKS}. */
export type SimulatedTask = (typeof SIMULATED_TASKS)[number]

/** How good a model is, 0 to 1, per task; `default` counts for every task that is not named. */
export type SimulatedSkill = Readonly<{ default: number } & Partial<Record<SimulatedTask, number>>>

/** What a model is for. Only `chat` models answer chat requests. */
export type SimulatedModelKind =
  | 'chat'
  | 'embedding'
  | 'image'
  | 'moderation'
  | 'speech'
  | 'transcription'

/** US dollars per token as decimal text, verbatim. The simulator bills with these. */
export interface SimulatedPrices {
  readonly input: string
  readonly output: string
  /** Default: `input`. */
  readonly cachedInput?: string | undefined
}

/** A model that the simulator lists and answers for. */
export interface SimulatedModel {
  readonly dialect: SimulatedDialect
  /** As the provider spells it; for Gemini without the `models/` in front. */
  readonly id: string
  readonly name: string
  readonly description: string
  /** Unix seconds. */
  readonly created: number
  readonly kind: SimulatedModelKind
  readonly contextLength: number
  /** `null` when the provider does not say. */
  readonly maxOutputTokens: number | null
  readonly inputModalities: readonly string[]
  readonly outputModalities: readonly string[]
  readonly prices: SimulatedPrices
  /** In the words of the provider's list; `tools` and `structured_outputs` follow the flags below. */
  readonly supportedParameters: readonly string[]
  readonly supportsTools: boolean
  readonly supportsStructuredOutput: boolean
  /** `always`: thinks without being asked, unless told not to. `on-request`: only when asked to. */
  readonly reasoning: 'never' | 'on-request' | 'always'
  readonly skill: SimulatedSkill
  /** Used with `pace: 'realistic'` only. */
  readonly speed: { readonly firstTokenMs: number; readonly tokensPerSecond: number }
  /** Requesty: `false` hides the model from a list that is asked for with a key. Default: `true`. */
  readonly isApproved?: boolean | undefined
  /** Fields of the provider's list row, laid over the ones made from this object. */
  readonly row?: Readonly<Record<string, unknown>> | undefined
}
