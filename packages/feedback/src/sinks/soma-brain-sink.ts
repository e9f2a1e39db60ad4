import { ConfigError, SinkError, deliveryIdOf, fromRatingMilli } from '@imrs/core'
import type { DeliveryOptions, LearningRecord, LearningSink } from '@imrs/core'

import { neededSecret } from './missing-secret.ts'
import { postJson } from './post-json.ts'
import { resolveHttpSink } from './sink-options.ts'
import type { HttpSinkOptions, ResolvedHttpSink } from './sink-options.ts'

export interface SomaBrainSinkOptions extends HttpSinkOptions {
  /** Where SomaBrain is, without the path of an endpoint: `http://localhost:9696`. */
  readonly url: string
  /**
   * Whether the stored text of answers is sent; the router must store it (`storeContent`). Questions
   * are never stored and never sent. Default: `false`.
   */
  readonly sendText?: boolean | undefined
  /** What a retraction is told as, 0 to 1: SomaBrain takes nothing back. Default: `0.5`. */
  readonly neutralRating?: number | undefined
  /** SomaBrain's name of a tenant of ours. Default: the same. */
  readonly tenantOf?: ((tenantId: string) => string) | undefined
}

interface ResolvedSomaBrainSink extends ResolvedHttpSink {
  readonly sendText: boolean
  readonly neutralRating: number
  readonly tenantOf: (tenantId: string) => string
}

/**
 * Tells SomaBrain of every change of an answer's rating, by `POST {url}/context/feedback` with the
 * bearer token that the secret store has. Signals that change no rating are not told: it would learn
 * the same thing twice.
 *
 * @throws ConfigError that names the option that is wrong.
 */
export function somaBrainSink(options: SomaBrainSinkOptions): LearningSink {
  const sink = resolveSomaBrainSink(options)
  return Object.freeze<LearningSink>({
    specVersion: 'v1',
    name: sink.name,
    secret: sink.secret,
    wantsText: sink.sendText,
    deliver: (record, call) => deliver(sink, record, call),
    close: async () => {},
  })
}

function resolveSomaBrainSink(options: SomaBrainSinkOptions): ResolvedSomaBrainSink {
  const { sendText = false, neutralRating = 0.5, tenantOf = (tenantId) => tenantId } = options
  const resolved = resolveHttpSink('somaBrainSink', options, 'somabrain')
  if (!(neutralRating >= 0 && neutralRating <= 1)) {
    throw new ConfigError(
      `\`somaBrainSink.neutralRating\` must be from 0 to 1, got ${neutralRating}`,
    )
  }
  if (resolved.url.search !== '') {
    throw new ConfigError('`somaBrainSink.url` must have no query')
  }
  const url = new URL(resolved.url)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/context/feedback`
  return Object.freeze({ ...resolved, url, sendText, neutralRating, tenantOf })
}

async function deliver(
  sink: ResolvedSomaBrainSink,
  record: LearningRecord,
  options: DeliveryOptions = {},
): Promise<void> {
  if (!record.ratingChanged) return
  const token = neededSecret(sink.name, options.secret)
  const answer = await postJson(
    sink,
    {
      url: sink.url,
      body: JSON.stringify(toSomaBrainFeedback(sink, record)),
      headers: {
        authorization: `Bearer ${token}`,
        'x-tenant-id': encodeURI(sink.tenantOf(record.event.tenantId)),
        'idempotency-key': deliveryIdOf(record),
      },
    },
    options,
  )
  assertAccepted(sink, answer)
}

function toSomaBrainFeedback(
  { sendText, neutralRating }: ResolvedSomaBrainSink,
  { event, ratingMilli, reasons, conversationId, answerText = '' }: LearningRecord,
): object {
  const rating = ratingMilli === undefined ? neutralRating : fromRatingMilli(ratingMilli)
  return {
    session_id: conversationId ?? event.messageId,
    query: '',
    prompt: '',
    response_text: sendText ? answerText : '',
    utility: rating,
    reward: rating,
    ...(reasons === undefined ? {} : { metadata: { reasons } }),
  }
}

/** A 2xx that does not say so is of something else that listens there. */
function assertAccepted({ name }: ResolvedSomaBrainSink, answer: string): void {
  const accepted = acceptedOf(answer)
  if (accepted === true) return
  if (accepted === false) {
    throw new SinkError('refused', `The sink ${name} did not accept the record`)
  }
  throw new SinkError('misdirected', `The sink ${name} gave an answer that SomaBrain does not give`)
}

function acceptedOf(answer: string): boolean | undefined {
  try {
    const value: unknown = JSON.parse(answer)
    if (typeof value !== 'object' || value === null || !('accepted' in value)) return undefined
    return typeof value.accepted === 'boolean' ? value.accepted : undefined
  } catch {
    return undefined
  }
}
