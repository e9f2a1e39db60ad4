import { asObject, asText } from '@imrs/core'
import type { JsonObject, ModelType } from '@imrs/core'

import { certainTypeOfName, typeOfName, typeOfOpenAiName } from './model-type.ts'
import { baseNameOf } from './openai-models.ts'
import type { Row } from './row-fields.ts'

/** `type`, as Together and LM Studio have it. */
const ROW_TYPES: ReadonlyMap<string, ModelType> = new Map([
  ['chat', 'chat'],
  ['llm', 'chat'],
  ['vlm', 'chat'],
  ['language', 'unknown'],
  ['code', 'unknown'],
  ['embedding', 'embedding'],
  ['embeddings', 'embedding'],
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'speech'],
  ['transcribe', 'transcription'],
  ['moderation', 'moderation'],
  ['rerank', 'rerank'],
])

/** What a row of a list like OpenAI's is for: by what it says, and by its name where it says nothing. */
export function rowType({ id, fields }: Row): ModelType {
  const said = ROW_TYPES.get(asText(fields['type']) ?? '')
  if (said !== undefined) return said === 'chat' ? (certainTypeOfName(id) ?? said) : said
  const name = baseNameOf(id)
  return (
    typeOfName(name) ??
    (id.includes('/') ? undefined : typeOfOpenAiName(name)) ??
    (cannotChat(fields) ? 'unknown' : 'chat')
  )
}

/** Mistral and Azure say so, each in its own order of the words. */
function cannotChat(fields: JsonObject): boolean {
  const capabilities = asObject(fields['capabilities'])
  return capabilities?.['completion_chat'] === false || capabilities?.['chat_completion'] === false
}
