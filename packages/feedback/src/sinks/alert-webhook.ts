import type { AlertDeliveryOptions, AlertNotice, AlertSink } from '@imrs/core'

import { neededSecret } from './missing-secret.ts'
import { postJson } from './post-json.ts'
import { resolveHttpSink } from './sink-options.ts'
import type { HttpSinkOptions, ResolvedHttpSink } from './sink-options.ts'
import { webhookHeaders } from './webhook-headers.ts'

export interface AlertWebhookOptions extends HttpSinkOptions {
  /** The address that is posted to, as it is. */
  readonly url: string
}

/**
 * Posts alerts to an address of yours, signed as the Standard Webhooks specification says, with the key
 * that the secret store has (`whsec_…`). Any 2xx is a receipt.
 *
 * @throws ConfigError that names the option that is wrong.
 */
export function alertWebhook(options: AlertWebhookOptions): AlertSink {
  const sink = resolveHttpSink('alertWebhook', options, 'alerts')
  return Object.freeze<AlertSink>({
    specVersion: 'v1',
    name: sink.name,
    secret: sink.secret,
    deliver: (notice, call) => deliver(sink, notice, call),
    close: async () => {},
  })
}

async function deliver(
  sink: ResolvedHttpSink,
  { id, event }: AlertNotice,
  options: AlertDeliveryOptions = {},
): Promise<void> {
  const secret = neededSecret(sink.name, options.secret)
  const body = JSON.stringify(toAlertBody(event))
  const headers = webhookHeaders(sink, { id, body, secret })
  await postJson(sink, { url: sink.url, body, headers }, options)
}

function toAlertBody(event: AlertNotice['event']): object {
  const isRaised = event.type === 'alert-raised'
  return {
    type: isRaised ? 'alert.raised' : 'alert.cleared',
    timestamp: new Date(event.atMs).toISOString(),
    data: {
      alert: event.alert,
      subject: { kind: event.subject.kind, id: event.subject.id ?? null },
      message: event.message,
      ...(isRaised
        ? { value: event.value, threshold: event.threshold }
        : { raised_at: new Date(event.raisedAtMs).toISOString() }),
    },
  }
}
