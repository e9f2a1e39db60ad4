import type { CallOptions, LinkedAbort, ModelPart, Provider, Runtime } from '@imrs/core'
import { ProviderError, linkedAbort } from '@imrs/core'

import { openAnswer } from './answer-body.ts'
import type { AnswerPayload, AnswerTail } from './answer-body.ts'

/** What the families do differently about one call. */
export interface Exchange {
  readonly provider: Provider
  readonly runtime: Runtime
  /**
   * Sends the request; resolves with the head of a good answer. The signal ends with the call, however
   * that ends.
   */
  readonly send: (signal: AbortSignal) => Promise<Response>
  /** The parts of an answer in one piece. */
  readonly readWhole: (value: unknown, headers: Headers) => Iterable<ModelPart>
  /** The parts of one event of a stream. */
  readonly read: (payload: AnswerPayload, headers: Headers) => Iterable<ModelPart>
  /** Whether the last event has been its end mark. */
  readonly isEnded: () => boolean
  /** What the end of the answer turns out to be: the last parts, or a failure that is thrown. */
  readonly ending: () => Iterable<ModelPart>
  /**
   * Whether the provider has already said why the model stopped, so that a connection cut after it
   * has cut off nothing.
   */
  readonly isFinished: () => boolean
  /** What was thrown on the way, as a failure. */
  readonly toProviderError: (error: unknown) => ProviderError
}

/**
 * Runs one call from its request to its last part. Leaving the loop, failing or aborting the signal
 * ends the request at once. A call whose `finish` is out lets go of the signal; its connection is read
 * on to its end, within bounds, and can serve the next one. Nothing is left on the signal afterwards.
 *
 * @throws ProviderError; on abort, the signal's reason.
 */
export async function* runExchange(
  exchange: Exchange,
  options: CallOptions | undefined,
): AsyncGenerator<ModelPart, void, void> {
  const request = new OpenRequest(options?.signal)
  const { signal } = request
  try {
    signal.throwIfAborted()
    try {
      yield* partsOf(exchange, request)
    } catch (error) {
      signal.throwIfAborted()
      const failure = ProviderError.is(error) ? error : exchange.toProviderError(error)
      if (failure.failure.kind !== 'truncated' || !exchange.isFinished()) throw failure
    }
    // A stream that is aborted may simply end.
    signal.throwIfAborted()
    for (const part of exchange.ending()) {
      if (part.type === 'finish') request.finished(exchange.runtime)
      yield part
    }
  } finally {
    request.left()
  }
}

async function* partsOf(
  { provider, send, read, readWhole, isEnded }: Exchange,
  request: OpenRequest,
): AsyncGenerator<ModelPart, void, void> {
  const response = await send(request.signal)
  const { headers } = response
  yield { type: 'headers' }
  const answer = await openAnswer(provider, response)
  if (answer.kind === 'whole') {
    for (const part of readWhole(answer.value, headers)) yield part
    return
  }
  request.streams(answer.tail)
  for await (const payload of answer.payloads) {
    for (const part of read(payload, headers)) yield part
    if (isEnded()) return
  }
}

/** A request that runs, until it is over in one of two ways. */
class OpenRequest {
  #tail: AnswerTail | undefined
  readonly #abort: LinkedAbort
  #isOver = false

  constructor(parent: AbortSignal | undefined) {
    this.#abort = linkedAbort(parent)
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Its answer is a stream, of which this is still to come. */
  streams(tail: AnswerTail): void {
    this.#tail = tail
  }

  /** The reader has everything: whoever called has no say in it any more. */
  finished(runtime: Runtime): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#abort.release()
    if (this.#tail === undefined) this.#abort.end()
    else void this.#tail.readOn(runtime).then(this.#abort.end)
  }

  /** The reader left, or it failed: nobody reads what would still come. */
  left(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#tail?.leave()
    this.#abort.end()
  }
}
