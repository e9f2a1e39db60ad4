import { useImrsClient } from '@imrs/react'
import type { ReactElement } from 'react'

import { useAction, useApi, useLoad } from '../api/use-api.ts'
import type { Loading } from '../api/use-api.ts'
import type { ProviderWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { Facts } from '../ui/facts.tsx'
import { countOf, countText, timeText } from '../ui/format.ts'
import { Failure, Loaded } from '../ui/loaded.tsx'
import { useToast } from '../ui/toasts.tsx'
import { ActiveBadge } from './provider-list.tsx'
import { ProviderModels } from './provider-models.tsx'
import { SyncProgress } from './sync-progress.tsx'
import { useSync } from './use-sync.ts'

/** One provider: what is known of it, its sync as it goes, its models, and the switch. */
export function ProviderDetail({ providerId }: { readonly providerId: string }): ReactElement {
  const provider = useLoad(`provider ${providerId}`, (api, sending) =>
    api.provider(providerId, sending),
  )
  return (
    <>
      <header className="screen-head">
        <h1>{provider.data?.display_name ?? providerId}</h1>
        <a href={linkTo(['providers'])}>All providers</a>
      </header>
      <Loaded of={provider} what={`the provider ${providerId}`}>
        {(data) => <Detail provider={data} loading={provider} />}
      </Loaded>
    </>
  )
}

interface DetailProps {
  readonly provider: ProviderWire
  readonly loading: Loading<ProviderWire>
}

function Detail({ provider, loading }: DetailProps): ReactElement {
  const sync = useSync({ client: useImrsClient(), providerId: provider.id, onEnd: loading.reload })
  return (
    <>
      <section className="card" aria-label="About this provider">
        <Facts facts={factsOf(provider)} />
        <div className="form-actions">
          <button
            type="button"
            className="primary"
            disabled={!provider.is_active || sync.isRunning}
            onClick={() => void sync.run()}
          >
            {sync.isRunning ? 'Syncing …' : 'Sync now'}
          </button>
          <ActiveSwitch {...{ provider, loading }} />
        </div>
        <SyncProgress sync={sync} />
      </section>
      <ProviderModels key={provider.last_synced} provider={provider} />
    </>
  )
}

function factsOf(provider: ProviderWire): Parameters<typeof Facts>[0]['facts'] {
  return [
    ['Status', <ActiveBadge key="status" isActive={provider.is_active} />],
    ['Id', <code key="id">{provider.id}</code>],
    ['Type', provider.provider_type],
    ['Base URL', <code key="base">{provider.api_base}</code>],
    ['Models endpoint', <code key="endpoint">{provider.models_endpoint}</code>],
    ['Key', provider.api_key_vault_path ?? 'none is needed'],
    ['Requests per minute', countText(provider.rate_limit_rpm)],
    ['Models', countOf(provider.model_count, 'model')],
    ['Last synced', timeText(provider.last_synced)],
    ['Made', `${timeText(provider.created_at)} by ${provider.created_by ?? 'the host’s code'}`],
  ]
}

function ActiveSwitch({ provider, loading }: DetailProps): ReactElement {
  const api = useApi()
  const toast = useToast()
  const { id, display_name: name, is_active: isActive } = provider
  const set = async (value: boolean): Promise<void> => {
    const changed = await api.setProviderActive(id, value)
    loading.setData(() => changed)
  }
  const change = useAction(async () => {
    await set(!isActive)
    const text = isActive
      ? `${name} is disabled: none of its models is used.`
      : `${name} is active.`
    toast({ text, undo: () => set(isActive) })
  })
  if (provider.origin === 'code') {
    return <p className="quiet">Declared in the host’s code: it is changed there.</p>
  }
  return (
    <>
      <button type="button" disabled={change.isRunning} onClick={() => void change.run()}>
        {isActive ? 'Disable' : 'Enable'}
      </button>
      <Failure error={change.error} />
    </>
  )
}
