import { signWebhook } from './sign-webhook.ts'
import type { ResolvedHttpSink } from './sink-options.ts'

export interface SignedDelivery {
  readonly id: string
  readonly body: string
  readonly secret: string
}

/** The headers of one signed delivery, as of now. @throws SinkError `credentials` when the key is none. */
export function webhookHeaders(
  { name, runtime }: Pick<ResolvedHttpSink, 'name' | 'runtime'>,
  { id, body, secret }: SignedDelivery,
): Readonly<Record<string, string>> {
  const timestamp = Math.floor(runtime.now() / 1000)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signWebhook(name, secret, { id, timestamp, body }),
  }
}
