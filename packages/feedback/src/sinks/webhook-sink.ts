import { deliveryIdOf, fromRatingMilli } from '@imrs/core'
import type { DeliveryOptions, LearningRecord, LearningSink } from '@imrs/core'

import { neededSecret } from './missing-secret.ts'
import { postJson } from './post-json.ts'
import { resolveHttpSink } from './sink-options.ts'
import type { HttpSinkOptions, ResolvedHttpSink } from './sink-options.ts'
import { webhookHeaders } from './webhook-headers.ts'

export interface WebhookSinkOptions extends HttpSinkOptions {
  /** The address that is posted to, as it is. */
  readonly url: string
  /** Whether the stored text of answers is sent; the router must store it (`storeContent`). Default: `false`. */
  readonly sendText?: boolean | undefined
}

/**
 * Posts every signal to an address of yours, signed as the Standard Webhooks specification says, with
 * the key that the secret store has (`whsec_…`). Any 2xx is a receipt.
 *
 * @throws ConfigError that names the option that is wrong.
 */
export function webhookSink(options: WebhookSinkOptions): LearningSink {
  const sink = resolveHttpSink('webhookSink', options, 'webhook')
  return Object.freeze<LearningSink>({
    specVersion: 'v1',
    name: sink.name,
    secret: sink.secret,
    wantsText: options.sendText ?? false,
    deliver: (record, call) => deliver(sink, record, call),
    close: async () => {},
  })
}

async function deliver(
  sink: ResolvedHttpSink,
  record: LearningRecord,
  options: DeliveryOptions = {},
): Promise<void> {
  const secret = neededSecret(sink.name, options.secret)
  const id = deliveryIdOf(record)
  const body = JSON.stringify(toWebhookBody(record))
  const headers = webhookHeaders(sink, { id, body, secret })
  await postJson(sink, { url: sink.url, body, headers }, options)
}

/** Built anew from the record alone, so that every try sends the same bytes. */
function toWebhookBody({ event, ratingMilli, ...record }: LearningRecord): object {
  return {
    type: 'feedback.recorded',
    timestamp: new Date(event.atMs).toISOString(),
    data: {
      event_id: event.id,
      tenant_id: event.tenantId,
      agent_id: record.agentId,
      message_id: event.messageId,
      conversation_id: record.conversationId ?? null,
      user_id: event.userId,
      model: record.modelId,
      task_type: record.taskType,
      feedback_type: event.feedbackType,
      signal: event.signal ?? null,
      given_rating: event.signal === 'retract' ? null : fromRatingMilli(event.ratingMilli),
      rating: ratingMilli === undefined ? null : fromRatingMilli(ratingMilli),
      rating_changed: record.ratingChanged,
      given_reasons: event.reasons ?? [],
      reasons: record.reasons ?? [],
      ...(record.answerText === undefined ? {} : { answer_text: record.answerText }),
    },
  }
}
