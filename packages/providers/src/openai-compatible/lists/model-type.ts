import type { ModelType } from '@imrs/core'

type Rule = readonly [pattern: RegExp, type: ModelType]

/** Holds wherever the name appears, even in a list that says the model writes text. */
const CERTAIN_RULES: readonly Rule[] = [
  [/:batch$/u, 'batch'],
  [/(?:^|[-/_])[a-z]*guard(?:[-/_:.\d]|$)/u, 'moderation'],
  // They answer only to audio or with it, or make music.
  [/(?:^|\/)gpt-audio|gpt-4o(?:-mini)?-audio|(?:^|\/)lyria-/u, 'unknown'],
]

/** For lists that say nothing about what a model does. */
const NAME_RULES: readonly Rule[] = [
  ...CERTAIN_RULES,
  [/rerank|(?:^|[-/])llama-rank/u, 'rerank'],
  [/embed|(?:^|\/)(?:bge|gte|e5|uae)-/u, 'embedding'],
  [/moderation/u, 'moderation'],
  [/realtime/u, 'realtime'],
  [/transcribe|transcription|whisper/u, 'transcription'],
  [/(?:^|[-/])(?:tts|speech|playai|kokoro|orpheus)(?:[-/:]|$)/u, 'speech'],
  [/dall-e|gpt-image|(?:^|\/)imagen-|(?:^|[-/])flux|stable-diffusion|sdxl/u, 'image'],
  [/(?:^|\/)(?:sora|veo)-/u, 'video'],
  [/(?:^|[-/])ocr(?:[-/:]|$)/u, 'unknown'],
]

/** OpenAI's own models that its chat completions do not serve. */
const OPENAI_RULES: readonly Rule[] = [
  [/^(?:davinci|babbage|curie|ada|text-davinci)(?:-|$)/u, 'unknown'],
  [/^gpt-3\.5-turbo-instruct/u, 'unknown'],
  [/^(?:o\d|gpt-5)(?:\.\d+)?-pro(?:-|$)/u, 'unknown'],
  [/deep-research|^computer-use|codex/u, 'unknown'],
]

/** A type that the name alone proves. */
export function certainTypeOfName(id: string): ModelType | undefined {
  return typeBy(CERTAIN_RULES, id)
}

/** A type by the usual names of models that are not for chat. */
export function typeOfName(id: string): ModelType | undefined {
  return typeBy(NAME_RULES, id)
}

/** A type by OpenAI's names. */
export function typeOfOpenAiName(id: string): ModelType | undefined {
  return typeBy(OPENAI_RULES, id)
}

function typeBy(rules: readonly Rule[], id: string): ModelType | undefined {
  const name = id.toLowerCase()
  return rules.find(([pattern]) => pattern.test(name))?.[1]
}
