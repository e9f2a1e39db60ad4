import { usePages } from '../api/use-pages.ts'
import type { Pages } from '../api/use-pages.ts'
import type { ModelPageWire } from '../api/wire.ts'
import { toQuery } from './model-query.ts'
import type { ModelView } from './model-query.ts'

/** {@link usePages} of models. */
export function useModelPages(view: ModelView): Pages<ModelPageWire> {
  return usePages(JSON.stringify(view), {
    read: (api, sending, cursor) => api.models(toQuery(view, cursor), sending),
    nextOf: ({ next_cursor: next }) => next,
  })
}
