import { asList, asObject, asText } from '@imrs/core'
import type { CallOptions, JsonObject, JsonValue, ListedModel, ModelPage } from '@imrs/core'

import { toListedRow } from '../openai-compatible/lists/row-context.ts'
import type { RowContext } from '../openai-compatible/lists/row-context.ts'
import { listProgress } from '../shared/list-progress.ts'
import { failed } from './google-context.ts'
import type { GoogleContext } from './google-context.ts'
import { googleGetJson } from './google-get-json.ts'
import { modelNameOf, readGoogleRow } from './google-row.ts'

/** The most the API gives at once. */
const PAGE_SIZE = 1000

/** Every page of the list; a row that cannot be understood comes as an unavailable model. */
export async function* listGoogleModels(
  context: GoogleContext,
  options?: CallOptions,
): AsyncGenerator<ModelPage, void, void> {
  const { provider, runtime } = context
  let token: string | undefined
  let position = 0
  const progress = listProgress(provider)
  do {
    const path = `${provider.modelsEndpoint}?${queryOf(token)}`
    const body = asObject(await googleGetJson(context, path, options))
    const rows = body === undefined ? undefined : rowsOf(body)
    if (rows === undefined) {
      const message = `${provider.displayName} sent something that is no list of models.`
      throw failed(context, 'malformed', message)
    }
    const start = position
    position += rows.length
    const models = rows.map((row, index) =>
      toListedModel(row, { nowMs: runtime.now(), position: start + index }),
    )
    progress.add(models)
    yield { models }
    token = asText(body?.['nextPageToken'])
  } while (token !== undefined)
}

/** One row, read or unavailable with the reason. Never throws. */
export function toListedModel(row: JsonValue, context: RowContext): ListedModel {
  const model = toListedRow(readGoogleRow, row, context)
  // What could not be read has no `id` here; its name is one all the same.
  const name = model.modelType === 'unknown' ? modelNameOf(row)?.slice(0, 200) : undefined
  return name === undefined ? model : { ...model, externalId: name, displayName: name }
}

/** A page without rows leaves the field out; anything else that has none is no page. */
function rowsOf(body: JsonObject): readonly JsonValue[] | undefined {
  const isEmptyPage = Object.keys(body).every((key) => key === 'nextPageToken')
  return isEmptyPage ? [] : asList(body['models'])
}

function queryOf(pageToken: string | undefined): string {
  const query = { pageSize: String(PAGE_SIZE), ...(pageToken === undefined ? {} : { pageToken }) }
  return new URLSearchParams(query).toString()
}
