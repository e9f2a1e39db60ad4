import { asList, asObject, asText } from '@imrs/core'
import type { CallOptions, ModelPage } from '@imrs/core'

import { toListedRow } from '../openai-compatible/lists/row-context.ts'
import { isTrue } from '../shared/foreign-json.ts'
import { listProgress } from '../shared/list-progress.ts'
import { failed } from './anthropic-context.ts'
import type { AnthropicContext } from './anthropic-context.ts'
import { anthropicGetJson } from './anthropic-get-json.ts'
import { readAnthropicRow } from './anthropic-row.ts'

/** The most the API gives at once. */
const PAGE_SIZE = 1000

/** Every page of the list; a row that cannot be understood comes as an unavailable model. */
export async function* listAnthropicModels(
  context: AnthropicContext,
  options?: CallOptions,
): AsyncGenerator<ModelPage, void, void> {
  const { provider, runtime } = context
  const progress = listProgress(provider)
  let position = 0
  let after: string | undefined
  do {
    const path = `${provider.modelsEndpoint}?${queryOf(after)}`
    const body = asObject(await anthropicGetJson(context, path, options))
    const rows = asList(body?.['data'])
    if (rows === undefined) {
      const message = `${provider.displayName} sent something that is no list of models.`
      throw failed(context, 'malformed', message)
    }
    const start = position
    position += rows.length
    const models = rows.map((row, index) =>
      toListedRow(readAnthropicRow, row, { nowMs: runtime.now(), position: start + index }),
    )
    progress.add(models)
    yield { models }
    after = isTrue(body?.['has_more']) ? asText(body?.['last_id']) : undefined
  } while (after !== undefined)
}

function queryOf(after: string | undefined): string {
  const query = { limit: String(PAGE_SIZE), ...(after === undefined ? {} : { after_id: after }) }
  return new URLSearchParams(query).toString()
}
