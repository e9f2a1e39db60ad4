import type { CatalogHandle } from '@imrs/catalog'

import type { Emitter } from '../events/emitter.ts'
import type { RouterOptions } from '../options.ts'
import type { ResolvedRouterOptions } from '../resolve-options.ts'
import { AlertDelivery } from './alert-delivery.ts'
import { AlertWatch } from './alert-watch.ts'

/** The alerts of a router, from looking to telling. */
export interface Alerts {
  start(): void
  /** Idempotent. */
  close(): Promise<void>
}

export interface AlertParts {
  readonly emitter: Emitter
  readonly tracker: Pick<CatalogHandle['tracker'], 'list'>
}

/** `undefined` when no alert was asked for: nothing is measured then. */
export function createAlerts(
  { secrets }: Pick<RouterOptions, 'secrets'>,
  { runtime, alerts }: Pick<ResolvedRouterOptions, 'runtime' | 'alerts'>,
  { emitter, tracker }: AlertParts,
): Alerts | undefined {
  if (alerts === undefined) return undefined
  const { emit, on, onAtOnce } = emitter
  const health = () => tracker.list()
  const watch = new AlertWatch({ options: alerts, runtime, emit, onAtOnce, health })
  const deliveries = alerts.sinks.map((sink) => new AlertDelivery({ sink, secrets, runtime, emit }))
  for (const { take } of deliveries) {
    on('alert-raised', take)
    on('alert-cleared', take)
  }
  return {
    start: () => watch.start(),
    close: async () => {
      await watch.close()
      await Promise.all(deliveries.map((delivery) => delivery.close()))
    },
  }
}
