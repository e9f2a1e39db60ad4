import type { AnswerPart, CallOptions } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import type { UnfinishedAnswer } from '@imrs/feedback'

import type { RequestObserver } from '../observe/request-observer.ts'
import type { PlannedRequest } from '../plan/plan-request.ts'
import type { Answer } from '../router.ts'
import type { AnswerContext } from './answer-context.ts'
import { answerParts } from './answer-parts.ts'

/** How long closing waits for answers that nobody reads any more. */
const CLOSE_GRACE_MS = 2000

interface Running {
  readonly whose: UnfinishedAnswer
  /** Resolves when the answer is recorded. */
  readonly recorded: Promise<void>
}

/** The answers being made. */
export class AnswerRuns {
  readonly #context: AnswerContext
  readonly #closing = new AbortController()
  /** By message id. */
  readonly #running = new Map<string, Running>()

  constructor(context: AnswerContext) {
    this.#context = context
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  /** Whose answer it is that is being made; `undefined`: it is not. */
  unfinished(messageId: string): UnfinishedAnswer | undefined {
    return this.#running.get(messageId)?.whose
  }

  /** Nothing happens before the first pull. */
  start(planned: PlannedRequest, options?: CallOptions, observer?: RequestObserver): Answer {
    const { decision } = planned.plan
    const parts = onlyOnce(() => this.#partsOf(planned, options, observer))
    return Object.freeze({
      messageId: decision.messageId,
      decision,
      parts,
      text: () => readText(parts),
    })
  }

  /** Ends all answers; those that are read end with an `error` part, and all are recorded. */
  async close(): Promise<void> {
    this.#closing.abort(new ImrsError('closed', 'The router is closed'))
    const waited = new AbortController()
    const ended = [...this.#running.values()].map(({ recorded }) => recorded)
    const grace = this.#context.runtime.sleep(CLOSE_GRACE_MS, waited.signal)
    await Promise.race([Promise.all(ended), grace])
    waited.abort()
    await Promise.allSettled([grace])
  }

  #partsOf(
    { plan, prepared }: PlannedRequest,
    options?: CallOptions,
    observer?: RequestObserver,
  ): AsyncGenerator<AnswerPart> {
    const { messageId } = prepared.input
    const whose = plan.decision
    const { promise: recorded, resolve } = Promise.withResolvers<void>()
    const signals = [this.#closing.signal]
    if (options?.signal !== undefined) signals.push(options.signal)
    return answerParts(this.#context, {
      plan,
      prepared,
      signals,
      observer,
      onStart: () => void this.#running.set(messageId, { whose, recorded }),
      onEnd: () => {
        this.#running.delete(messageId)
        resolve()
      },
    })
  }
}

/** An answer costs money each time it is made: reading it twice is a mistake that shows. */
function onlyOnce<Part>(make: () => AsyncGenerator<Part, void, void>): AsyncIterable<Part> {
  let isTaken = false
  return {
    [Symbol.asyncIterator]: () => {
      if (isTaken) throw new TypeError('The parts of an answer can be read once')
      isTaken = true
      return make()
    },
  }
}

async function readText(parts: AsyncIterable<AnswerPart>): Promise<string> {
  let text = ''
  for await (const part of parts) {
    if (part.type === 'text-delta') text += part.text
    if (part.type === 'error') {
      throw new ImrsError(part.code, part.message, { retryAfterMs: part.retryAfterMs })
    }
  }
  return text
}
