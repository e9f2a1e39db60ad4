import type { SimulatedModel } from '../models.ts'
import type { JsonRecord } from '../wire.ts'
import { recordAt } from '../wire.ts'

const MAX_LIMIT = 1000

/**
 * `GET /models`: `offset` and `limit` page the list (both absent: all of it); `output_modalities`
 * (default `text`, or `all`), `input_modalities`, `supported_parameters` and `q` filter it.
 */
export function listOpenRouterModels(
  models: readonly SimulatedModel[],
  query: URLSearchParams,
): JsonRecord {
  const found = models.filter(
    (model) => model.dialect === 'openrouter' && filters.every((accepts) => accepts(model, query)),
  )
  const isPaged = query.has('offset') || query.has('limit')
  const offset = count(query.get('offset'), 0)
  const limit = isPaged ? Math.min(MAX_LIMIT, count(query.get('limit'), MAX_LIMIT)) : found.length
  const end = offset + limit
  return {
    data: found.slice(offset, end).map(toOpenRouterRow),
    total_count: found.length,
    links: { next: end < found.length ? nextLink(query, { offset: end, limit }) : null },
  }
}

type Filter = (model: SimulatedModel, query: URLSearchParams) => boolean

const filters: readonly Filter[] = [
  (model, query) => {
    const wanted = query.get('output_modalities') ?? 'text'
    return wanted === 'all' || includesAll(model.outputModalities, wanted)
  },
  (model, query) => includesAll(model.inputModalities, query.get('input_modalities')),
  (model, query) => includesAll(model.supportedParameters, query.get('supported_parameters')),
  (model, query) =>
    `${model.id} ${model.name}`.toLowerCase().includes((query.get('q') ?? '').toLowerCase()),
]

function includesAll(has: readonly string[], wanted: string | null): boolean {
  return wanted === null || wanted.split(',').every((word) => has.includes(word.trim()))
}

function count(text: string | null, otherwise: number): number {
  const number = Number(text ?? otherwise)
  return Number.isInteger(number) && number >= 0 ? number : otherwise
}

function nextLink(query: URLSearchParams, page: { offset: number; limit: number }): string {
  const next = new URLSearchParams(query)
  next.set('offset', String(page.offset))
  next.set('limit', String(page.limit))
  return `/api/v1/models?${next.toString()}`
}

function toOpenRouterRow(model: SimulatedModel): JsonRecord {
  const { row = {}, inputModalities: input, outputModalities: output } = model
  return {
    id: model.id,
    canonical_slug: model.id,
    hugging_face_id: null,
    name: model.name,
    created: model.created,
    description: model.description,
    context_length: model.contextLength,
    per_request_limits: null,
    supported_parameters: model.supportedParameters,
    default_parameters: { temperature: null, top_p: null, frequency_penalty: null },
    supported_voices: null,
    knowledge_cutoff: null,
    expiration_date: null,
    links: { details: `/api/v1/models/${model.id}/endpoints` },
    ...row,
    architecture: {
      modality: `${input.join('+')}->${output.join('+')}`,
      input_modalities: input,
      output_modalities: output,
      tokenizer: 'Other',
      instruct_type: null,
      ...recordAt(row, 'architecture'),
    },
    pricing: { ...pricesOf(model), ...recordAt(row, 'pricing') },
    top_provider: {
      context_length: model.contextLength,
      max_completion_tokens: model.maxOutputTokens,
      is_moderated: false,
      ...recordAt(row, 'top_provider'),
    },
  }
}

function pricesOf({ prices }: SimulatedModel): JsonRecord {
  return {
    prompt: prices.input,
    completion: prices.output,
    ...(prices.cachedInput === undefined ? {} : { input_cache_read: prices.cachedInput }),
  }
}
