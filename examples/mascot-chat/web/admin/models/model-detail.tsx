import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { ModelDetailWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { useIsPlatformAdmin } from '../session/session-context.tsx'
import { Facts } from '../ui/facts.tsx'
import { UNKNOWN, countText, timeText, wordsOf } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { AvailableBadge } from './available-badge.tsx'
import { ModelEditor } from './model-editor.tsx'
import { ModelUsage } from './model-usage.tsx'

/** One model: all that is known of it, what somebody set, and what it was used for. */
export function ModelDetail({ modelId }: { readonly modelId: string }): ReactElement {
  const mayEdit = useIsPlatformAdmin()
  const model = useLoad(`model ${modelId}`, (api, sending) => api.model(modelId, sending))
  return (
    <>
      <header className="screen-head">
        <h1>{model.data?.display_name ?? modelId}</h1>
        <a href={linkTo(['models'])}>All models</a>
      </header>
      <Loaded of={model} what={`the model ${modelId}`}>
        {(data) => (
          <>
            <section className="card" aria-label="About this model">
              {data.description !== null && <p>{data.description}</p>}
              <Facts facts={factsOf(data)} />
            </section>
            {mayEdit && (
              <ModelEditor
                model={data}
                // Only detailed answers come from the editor.
                onChanged={(changed) => model.setData(() => changed)}
              />
            )}
          </>
        )}
      </Loaded>
      <ModelUsage modelId={modelId} />
    </>
  )
}

function factsOf(model: ModelDetailWire): Parameters<typeof Facts>[0]['facts'] {
  return [
    ['Available', <AvailableBadge key="available" model={model} />],
    ['Id', <code key="id">{model.id}</code>],
    ['Provider', model.provider_id],
    ['Kind', model.model_type],
    ['Capabilities', model.capabilities.map(wordsOf).join(', ')],
    ['Priority', model.priority],
    ['Cost tier', model.cost_tier ?? 'unknown'],
    ['Prices per million tokens', pricesText(model.pricing)],
    ['Context', countText(model.ctx_length)],
    ['Longest answer', countText(model.max_output_tokens)],
    ['Domains', model.domains.length === 0 ? UNKNOWN : model.domains.join(', ')],
    ['Comes from', ORIGINS[model.origin]],
    ['Successor', model.successor_id ?? UNKNOWN],
    ['Released', model.released_at === null ? UNKNOWN : timeText(model.released_at)],
    ['Ends', model.expires_at === null ? UNKNOWN : timeText(model.expires_at)],
    ['Last seen in a list', timeText(model.synced_at)],
    ['Takes', model.supported_parameters?.join(', ') ?? UNKNOWN],
  ]
}

const ORIGINS = {
  sync: 'the provider’s list',
  code: 'the host’s code',
  manual: 'somebody who added it by hand',
} as const

function pricesText(pricing: ModelDetailWire['pricing']): string {
  const named = [
    ['input', pricing.input],
    ['output', pricing.output],
    ['cached input', pricing.cachedInput],
    ['cache write', pricing.cacheWrite],
    ['reasoning', pricing.reasoning],
  ] as const
  const known = named.flatMap(([name, price]) => (price === undefined ? [] : `${name} $${price}`))
  return known.length === 0 ? 'unknown' : known.join(', ')
}
