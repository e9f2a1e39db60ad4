import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider'
import { linkedAbort } from '@imrs/core'
import type { AnswerPart, ErrorPart, LinkedAbort } from '@imrs/core'
import type { Router } from '@imrs/router'

import { MetadataReader } from './imrs-metadata.ts'
import { fromErrorPart, fromRefusal } from './to-api-call-error.ts'
import { toChatRequest } from './to-chat-request.ts'
import type { RoutedModel } from './to-chat-request.ts'

/** The part of a router that this package calls. */
export type ChatRouter = Pick<Router, 'chat'>

/** What one call is made with. */
export interface RoutedCallContext extends RoutedModel {
  readonly router: ChatRouter
}

/** An answer that has begun: a model is answering, and no other will take over. */
export interface OpenAnswer {
  readonly messageId: string
  readonly decidedAtMs: number
  /** Of the call itself, and what the router said before the first word. */
  readonly warnings: readonly SharedV4Warning[]
  readonly metadata: MetadataReader
  /** What came before the first word: decision, fallbacks, warnings. */
  readonly preamble: readonly AnswerPart[]
  /** From the first word on. Throws the signal's reason on abort. */
  readonly parts: AsyncIterator<AnswerPart, void>
  /** Ends the call, whatever its state: nothing is left of it on the caller's signal. Idempotent. */
  readonly close: () => Promise<void>
}

/**
 * Asks the router and waits until a model has begun to answer: from then on it is known who answers.
 *
 * @throws APICallError when the request was refused, or no model answered; on abort, the signal's
 * reason.
 */
export async function openAnswer(
  context: RoutedCallContext,
  options: LanguageModelV4CallOptions,
): Promise<OpenAnswer> {
  const { request, warnings } = toChatRequest(context, options)
  const abort = linkedAbort(options.abortSignal)
  let close = async (): Promise<void> => abort.end()
  try {
    const answer = await context.router.chat(request, { signal: abort.signal })
    const iterator = answer.parts[Symbol.asyncIterator]()
    close = () => closeAnswer(iterator, abort)
    const metadata = new MetadataReader()
    const { first, preamble } = await readPreamble(iterator, metadata)
    if (first.type === 'error') throw fromErrorPart(first)
    return {
      messageId: answer.messageId,
      decidedAtMs: answer.decision.atMs,
      warnings: [...warnings, ...metadata.warnings.map(toSdkWarning)],
      metadata,
      preamble,
      parts: restOf(first, { iterator, metadata, abort }),
      close,
    }
  } catch (error) {
    // The router counts an answer as unfinished until its iterator is done.
    await close()
    options.abortSignal?.throwIfAborted()
    throw fromRefusal(error)
  }
}

type VisiblePart = Exclude<AnswerPart, { type: 'decision' | 'fallback' | 'warning' }>

interface Beginning {
  readonly preamble: readonly AnswerPart[]
  readonly first: VisiblePart
}

async function readPreamble(
  iterator: AsyncIterator<AnswerPart>,
  metadata: MetadataReader,
): Promise<Beginning> {
  const preamble: AnswerPart[] = []
  for (;;) {
    const { done, value } = await iterator.next()
    if (done === true) throw new TypeError('An answer ends with `end` or `error`')
    const part: AnswerPart = value
    metadata.read(part)
    if (part.type !== 'decision' && part.type !== 'fallback' && part.type !== 'warning') {
      return { preamble, first: part }
    }
    preamble.push(part)
  }
}

interface RunningAnswer {
  readonly iterator: AsyncIterator<AnswerPart>
  readonly metadata: MetadataReader
  readonly abort: LinkedAbort
}

async function* restOf(
  first: VisiblePart,
  { iterator, metadata, abort }: RunningAnswer,
): AsyncGenerator<AnswerPart, void, void> {
  let part: AnswerPart = first
  for (;;) {
    if (isAbort(part)) abort.signal.throwIfAborted()
    yield part
    const { done, value } = await iterator.next()
    if (done === true) return
    part = value
    metadata.read(part)
  }
}

function isAbort(part: AnswerPart): part is ErrorPart {
  return part.type === 'error' && part.code === 'aborted'
}

async function closeAnswer(iterator: AsyncIterator<AnswerPart>, abort: LinkedAbort): Promise<void> {
  // First, since an iterator that waits for its provider returns when that has answered.
  abort.end()
  await iterator.return?.()
}

function toSdkWarning({ message }: { readonly message: string }): SharedV4Warning {
  return { type: 'other', message }
}
