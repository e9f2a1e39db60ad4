import type { CallOptions, JsonValue, ListedModel, ModelPage, ProviderType } from '@imrs/core'
import { ProviderError, asList, asObject, asText } from '@imrs/core'

import { asCount } from '../shared/foreign-json.ts'
import { listProgress } from '../shared/list-progress.ts'
import { getJson } from './get-json.ts'
import { readOpenAiRow } from './lists/openai-list.ts'
import { readOpenRouterRow } from './lists/openrouter-list.ts'
import { readRequestyRow } from './lists/requesty-list.ts'
import type { RowContext } from './lists/row-context.ts'
import { toListedRow } from './lists/row-context.ts'
import type { OpenAiContext } from './openai-context.ts'

type ReadRow = (row: unknown, context: RowContext) => ListedModel

const ROW_READERS: Readonly<Partial<Record<ProviderType, ReadRow>>> = Object.freeze({
  openrouter: readOpenRouterRow,
  requesty: readRequestyRow,
})

/** Every page of the list; a row that cannot be understood comes as an unavailable model. */
export async function* listModels(
  context: OpenAiContext,
  options?: CallOptions,
): AsyncGenerator<ModelPage, void, void> {
  const { provider, runtime } = context
  const readRow = ROW_READERS[provider.providerType] ?? readOpenAiRow
  let address: string | undefined = provider.modelsEndpoint
  const progress = listProgress(provider)
  let position = 0
  while (address !== undefined) {
    const body = await getJson(context, address, options)
    const rows = rowsOf(body)
    if (rows === undefined) throw malformed(context, 'sent something that is no list of models')
    const start = position
    position += rows.length
    const models = rows.map((row, index) =>
      toListedRow(readRow, row, { nowMs: runtime.now(), position: start + index }),
    )
    progress.add(models)
    const total = asCount(asObject(body)?.['total_count'])
    yield { models, total }
    address = nextAddress(context, body)
    if (address === undefined && total !== undefined && position < total) {
      // Half a list would take the other half for removed.
      throw malformed(context, `sent ${position} of ${total} models`)
    }
  }
}

/** `{ data }` as OpenAI has it, `{ models }` as local servers do, or the bare list of Together. */
function rowsOf(body: unknown): readonly JsonValue[] | undefined {
  const object = asObject(body) ?? {}
  return asList(body) ?? asList(object['data']) ?? asList(object['models'])
}

/**
 * The provider's own next page, on its own host: a key is sent nowhere else, and a list that goes on
 * where it cannot be followed is no whole list.
 */
function nextAddress(context: OpenAiContext, body: unknown): string | undefined {
  const { apiBase } = context.provider
  const next = asText(asObject(asObject(body)?.['links'])?.['next'])
  if (next === undefined) return undefined
  const url = URL.canParse(next, apiBase) ? new URL(next, apiBase) : undefined
  if (url?.origin === new URL(apiBase).origin) return url.href
  throw malformed(context, 'sent a list that goes on at another address')
}

function malformed({ provider }: OpenAiContext, what: string): ProviderError {
  return new ProviderError(
    { kind: 'malformed', message: `${provider.displayName} ${what}.` },
    { providerId: provider.id },
  )
}
