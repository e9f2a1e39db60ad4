import type { CatalogHandle, UserKeys } from '@imrs/catalog'
import type { Model, ModelCall, ModelPart, Provider, ProviderFailure, Runtime } from '@imrs/core'
import { ImrsError, ProviderError } from '@imrs/core'

import type { ResolvedTimeouts } from '../resolve-options.ts'
import type { RequestPace } from './request-pace.ts'
import { Watchdog } from './watchdog.ts'

export interface CallTarget {
  readonly model: Model
  readonly provider: Provider
  readonly call: ModelCall
  /** The caller's. */
  readonly signal: AbortSignal
  /** The caller's own, for providers of which the host has no key. */
  readonly userKeys?: UserKeys | undefined
}

export interface CallContext {
  readonly runtime: Runtime
  readonly catalog: CatalogHandle
  readonly timeouts: ResolvedTimeouts
  readonly pace: RequestPace
}

/**
 * One call to one model, with its deadlines. Ends after `finish`; everything else throws.
 *
 * @throws ProviderError; on the caller's abort, the signal's reason.
 */
export async function* callModel(
  context: CallContext,
  target: CallTarget,
): AsyncGenerator<ModelPart, void, void> {
  assertPace(context, target)
  const ended = new AbortController()
  const signal = AbortSignal.any([target.signal, ended.signal])
  const { displayName } = target.model
  const watchdog = new Watchdog({
    runtime: context.runtime,
    timeouts: context.timeouts,
    onTimeout: (kind, afterMs) => {
      ended.abort(
        failureOf(target, { kind, message: `${displayName} took longer than ${afterMs} ms.` }),
      )
    },
  })
  try {
    const adapter = await connect(context, target, signal)
    yield* untilFinish(adapter.chat(target.call, { signal }), { signal, watchdog, target })
  } finally {
    watchdog.stop()
    // The reader left, or it is over: nobody reads what would still come.
    ended.abort()
  }
}

/** A request beyond the provider's limit is not sent: it would only be refused there. */
function assertPace({ pace, runtime }: CallContext, target: CallTarget): void {
  const retryAfterMs = pace.take(target.provider, runtime.monotonic())
  if (retryAfterMs === 0) return
  const message = `${target.provider.displayName} takes ${target.provider.rateLimitRpm ?? 0} requests a minute, and has had them.`
  throw failureOf(target, { kind: 'rate-limited', message, retryAfterMs })
}

interface Watched {
  readonly signal: AbortSignal
  readonly watchdog: Watchdog
  readonly target: CallTarget
}

async function* untilFinish(
  parts: AsyncIterable<ModelPart>,
  { signal, watchdog, target }: Watched,
): AsyncGenerator<ModelPart, void, void> {
  const iterator = parts[Symbol.asyncIterator]()
  const aborted = abortOf(signal)
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted.promise])
      if (next.done === true) {
        throw failureOf(target, {
          kind: 'truncated',
          message: `${target.model.displayName} broke off before its answer was complete.`,
        })
      }
      watchdog.partArrived()
      yield next.value
      if (next.value.type === 'finish') return
    }
  } finally {
    aborted.dispose()
    // Not awaited: an adapter that hangs in its own clean-up must not hold the answer back.
    iterator.return?.().then(undefined, () => undefined)
  }
}

/** Rejects when the signal aborts, so that an adapter that does not listen cannot hold the answer back. */
function abortOf(signal: AbortSignal): {
  readonly promise: Promise<never>
  readonly dispose: () => void
} {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  const onAbort = (): void => reject(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  return { promise, dispose: () => signal.removeEventListener('abort', onAbort) }
}

async function connect(
  { catalog }: CallContext,
  target: CallTarget,
  signal: AbortSignal,
): ReturnType<CatalogHandle['connect']> {
  try {
    return await catalog.connect(target.provider, { signal, userKeys: target.userKeys })
  } catch (error) {
    signal.throwIfAborted()
    if (!ImrsError.is(error)) throw error
    throw new ProviderError(
      { kind: 'credentials', message: error.message },
      {
        providerId: target.model.providerId,
        modelId: target.model.id,
        code: error.code,
        cause: error,
      },
    )
  }
}

function failureOf({ model }: CallTarget, failure: ProviderFailure): ProviderError {
  return new ProviderError(failure, { providerId: model.providerId, modelId: model.id })
}
