import type { Capability } from '@imrs/core'

/** What OpenAI documents of a model and its list leaves out. */
export interface OpenAiModelFacts {
  readonly contextLength: number
  readonly maxOutputTokens: number
  readonly capabilities: readonly Capability[]
}

type Entry = readonly [
  name: RegExp,
  contextLength: number,
  maxOutputTokens: number,
  capabilities: readonly Capability[],
]

const TOOLS: readonly Capability[] = ['function_calling']
const SEARCH: readonly Capability[] = ['structured_output']
const EYES: readonly Capability[] = ['vision', 'document']
const FULL: readonly Capability[] = [...EYES, 'function_calling', 'structured_output']
const THINKING: readonly Capability[] = [...FULL, 'reasoning']

/** By the name without its date; the first that fits holds. */
const MODELS: readonly Entry[] = [
  [/^gpt-4o-2024-05-13$/u, 128_000, 4096, [...EYES, 'function_calling']],
  [/^gpt-4o(?:-mini)?$/u, 128_000, 16_384, FULL],
  [/^gpt-4o(?:-mini)?-search-preview$/u, 128_000, 16_384, SEARCH],
  [/^chatgpt-4o-latest$/u, 128_000, 16_384, EYES],
  [/^gpt-4\.1(?:-mini|-nano)?$/u, 1_047_576, 32_768, FULL],
  [/^gpt-5(?:\.[123])?-chat(?:-latest)?$/u, 128_000, 16_384, EYES],
  [/^gpt-5(?:\.[123])?(?:-mini|-nano|-pro)?$/u, 400_000, 128_000, THINKING],
  [/^gpt-5(?:\.[123])?-codex(?:-max|-mini)?$/u, 400_000, 128_000, THINKING],
  [/^gpt-5\.4-(?:mini|nano)$/u, 400_000, 128_000, THINKING],
  [/^gpt-5\.[45](?:-pro)?$/u, 1_050_000, 128_000, THINKING],
  [/^gpt-5\.6-(?:luna|terra|sol)(?:-pro)?$/u, 1_050_000, 128_000, THINKING],
  [/^o1-preview$/u, 128_000, 32_768, ['reasoning']],
  [/^o1-mini$/u, 128_000, 65_536, ['reasoning']],
  [/^o3-mini$/u, 200_000, 100_000, ['function_calling', 'structured_output', 'reasoning']],
  [/^(?:o1|o3|o4-mini)(?:-pro)?$/u, 200_000, 100_000, THINKING],
  [/^gpt-4-turbo$/u, 128_000, 4096, ['vision', 'function_calling']],
  [/^gpt-4-(?:turbo-preview|1106-preview|0125-preview)$/u, 128_000, 4096, TOOLS],
  [/^gpt-4(?:-0613)?$/u, 8192, 8192, TOOLS],
  [/^gpt-3\.5-turbo(?:-0125|-1106|-16k)?$/u, 16_385, 4096, TOOLS],
]

const DATE_SUFFIX = /-\d{4}-\d{2}-\d{2}$/u

/** What is known of one of OpenAI's own models; of others nothing. */
export function openAiModelFacts(id: string): OpenAiModelFacts | undefined {
  const name = baseNameOf(id)
  const undated = name.replace(DATE_SUFFIX, '')
  const entry = MODELS.find(([pattern]) => pattern.test(name) || pattern.test(undated))
  if (entry === undefined) return undefined
  const [, contextLength, maxOutputTokens, capabilities] = entry
  return { contextLength, maxOutputTokens, capabilities }
}

/** The model that a fine-tuned one, `ft:gpt-4o-mini-2024-07-18:org::id`, is made of. */
export function baseNameOf(id: string): string {
  return id.startsWith('ft:') ? (id.split(':')[1] ?? id) : id
}
