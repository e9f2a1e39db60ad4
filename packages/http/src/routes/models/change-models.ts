import type { CallOptions } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import type { Router } from '@imrs/router'
import { z } from 'zod'

import { modelIdParam } from '../../wire/values.ts'
import { modelChangesBodySchema, toModelEdit } from './model-body.ts'
import type { ModelChangesBody } from './model-body.ts'
import { modelFilterSchema, toModelFilter } from './model-query.ts'
import type { ModelFilterWire } from './model-query.ts'

/** More at once would hold up everybody else who writes. */
const MOST = 1000
const PAGE = 200

/** The body that changes many models: those named, or all that fit. */
export interface ModelsChangeBody {
  readonly model_ids?: readonly string[] | undefined
  readonly bulk_filter?: ModelFilterWire | undefined
  readonly set: ModelChangesBody
}

export const modelsChangeSchema: z.ZodType<ModelsChangeBody> = z
  .strictObject({
    model_ids: z.array(modelIdParam).min(1).max(MOST).optional(),
    bulk_filter: modelFilterSchema.optional(),
    set: modelChangesBodySchema,
  })
  .refine(
    ({ model_ids: ids, bulk_filter: filter }) => (ids === undefined) !== (filter === undefined),
    {
      message: 'give model_ids or bulk_filter, and not both',
      path: ['model_ids'],
    },
  )

/** What a change of many models changed. */
export interface ModelsChangedWire {
  readonly changed_count: number
  readonly models_changed: readonly string[]
}

export const modelsChangedSchema: z.ZodType<ModelsChangedWire> = z.object({
  changed_count: z.int(),
  models_changed: z.array(z.string()),
})

/** @throws ImrsError `invalid-request` when the filter fits more than 1,000 models; then nothing is changed. */
export async function changeAll(
  router: Router,
  { model_ids: named, bulk_filter: filter, set, by }: ModelsChangeBody & { readonly by: string },
  options: CallOptions,
): Promise<ModelsChangedWire> {
  const ids = named ?? (await idsThatFit(router, filter ?? {}, options))
  const edit = toModelEdit(set, by)
  for (const id of new Set(ids)) await router.models.edit(id, edit, options)
  return { changed_count: new Set(ids).size, models_changed: [...new Set(ids)] }
}

async function idsThatFit(
  router: Router,
  filter: ModelFilterWire,
  options: CallOptions,
): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const query = { ...toModelFilter(filter), limit: PAGE, cursor }
    const page = await router.models.list(query, options)
    ids.push(...page.items.map(({ id }) => id))
    if (ids.length > MOST) throw tooMany()
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return ids
}

function tooMany(): ImrsError {
  return new ImrsError(
    'invalid-request',
    `\`bulk_filter\`: fits more than ${MOST} models; narrow it, or switch the provider off`,
    { field: 'bulk_filter' },
  )
}
