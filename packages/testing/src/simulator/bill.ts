import type { CallOutcome, CallRecorder } from './call-log.ts'
import { findModel } from './chat.ts'
import type { SimulatorState } from './dialects/dialect.ts'
import { costOf } from './price.ts'

/**
 * Lowers the bill of a stream that did not come to its end to what was sent: the whole input, the
 * reasoning once anything was visible, and the visible tokens. An answer that is not streamed was
 * written in full before it could be cut, and stays billed in full.
 */
export function billSentPart(
  recorder: CallRecorder,
  outcome: CallOutcome,
  state: SimulatorState,
): void {
  const { call } = recorder
  const { usage, dialect, model: id } = call
  if (outcome === 'completed' || usage === undefined || !call.isStream) return
  const model =
    id === undefined || dialect === undefined ? undefined : findModel({ state }, dialect, id)
  const reasoningTokens = call.chunksSent > 0 ? usage.reasoningTokens : 0
  const outputTokens = Math.min(usage.outputTokens, reasoningTokens + call.tokensSent)
  const sent = { ...usage, reasoningTokens, outputTokens }
  recorder.note({
    usage: sent,
    costUsd: model === undefined ? call.costUsd : costOf(model.prices, sent),
  })
}
