import type { ReactElement, ReactNode } from 'react'

import { useProviderHealth } from '../../hooks/use-provider-health.ts'
import type { ProviderHealth } from '../../models/models-state.ts'
import { withLabels } from '../shared/labels.ts'
import type { LabelsProps } from '../shared/labels.ts'
import { LiveText, StatusDot } from '../shared/parts.tsx'

export interface ProviderHealthDashboardProps extends LabelsProps {
  readonly className?: string | undefined
  /** Draws the inside of a provider's card. */
  readonly renderProvider?: ((provider: ProviderHealth) => ReactNode) | undefined
}

/** How each provider is, with its models and when it was looked at; follows the server's events. */
export function ProviderHealthDashboard({
  labels: some,
  className,
  renderProvider,
}: ProviderHealthDashboardProps): ReactElement {
  const labels = withLabels(some)
  const { providers, isLoading, isRefreshing, isStale, error, refresh } = useProviderHealth()
  return (
    <section data-imrs="health" aria-label={labels.providers} className={className}>
      <LiveText part="health-status">
        {isLoading ? labels.loadingModels : (error?.message ?? (isStale ? labels.staleList : ''))}
      </LiveText>
      <ul data-imrs="provider-list">
        {providers.map((provider) => (
          <li key={provider.providerId} data-imrs="provider" data-status={provider.status}>
            {renderProvider?.(provider) ?? <Card provider={provider} labels={labels} />}
          </li>
        ))}
      </ul>
      <button
        type="button"
        data-imrs="refresh"
        aria-disabled={isRefreshing}
        onClick={() => void refresh({ force: error === undefined })}
      >
        {error !== undefined ? labels.retry : isRefreshing ? labels.refreshing : labels.refresh}
      </button>
    </section>
  )
}

interface CardProps {
  readonly provider: ProviderHealth
  readonly labels: ReturnType<typeof withLabels>
}

function Card({ provider, labels }: CardProps): ReactElement {
  const { name, status, modelCount, lastChecked, error } = provider
  return (
    <>
      <h3 data-imrs="provider-name">{name}</h3>
      <p data-imrs="provider-status">
        <StatusDot status={status} /> {labels.health[status]}
      </p>
      <p data-imrs="provider-facts">
        {labels.models(modelCount)} · {labels.lastChecked}{' '}
        <time dateTime={lastChecked}>{timeText(lastChecked, labels.locale)}</time>
      </p>
      {error !== undefined && <p data-imrs="provider-error">{error}</p>}
    </>
  )
}

/** In UTC, so that a server and a browser write the same. */
function timeText(iso: string, locale: string): string {
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${new Intl.DateTimeFormat(locale, format).format(new Date(iso))} UTC`
}
