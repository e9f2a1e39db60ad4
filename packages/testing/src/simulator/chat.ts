import type { Answer } from './answers/answer.ts'
import { countInputTokens, planAnswer } from './answers/plan-answer.ts'
import { findBehaviour } from './behaviour.ts'
import type { ChatRequest } from './chat-request.ts'
import type { HandlerContext } from './dialects/dialect.ts'
import type { Result } from './failure.ts'
import { refuse, succeed } from './failure.ts'
import type { SimulatedDialect, SimulatedModel } from './models.ts'
import { costOf } from './price.ts'

/** An answer with the model that gave it. */
export interface AnsweredChat {
  readonly answer: Answer
  readonly model: SimulatedModel
  readonly costUsd: number
}

/** The dialect's model with this id. */
export function findModel(
  { state }: Pick<HandlerContext, 'state'>,
  dialect: SimulatedDialect,
  id: string,
): SimulatedModel | undefined {
  return state.models.find((model) => model.dialect === dialect && model.id === id)
}

/** Checks what every provider checks, plans the answer and notes both in the log. */
export function answerChat(
  context: HandlerContext,
  dialect: SimulatedDialect,
  request: ChatRequest,
): Result<AnsweredChat> {
  const { recorder, state, behaviours } = context
  recorder.note({ model: request.model, isStream: request.isStream })
  const found = checkRequest(findModel(context, dialect, request.model), request)
  if (!found.ok) return found
  const model = found.value
  const answer = planAnswer({
    model,
    request,
    seed: state.seed,
    nowMs: state.runtime.now(),
    callNumber: recorder.call.number,
    override: findBehaviour(behaviours, 'respond'),
    isEmpty: findBehaviour(behaviours, 'empty') !== undefined,
  })
  const costUsd = costOf(model.prices, answer.usage)
  recorder.note({
    task: answer.task,
    quality: answer.quality,
    usage: answer.usage,
    costUsd,
    answerId: answer.id,
  })
  return succeed({ answer, model, costUsd })
}

function checkRequest(
  model: SimulatedModel | undefined,
  request: ChatRequest,
): Result<SimulatedModel> {
  const asked = { model: request.model }
  if (model === undefined) return refuse({ kind: 'unknown-model', ...asked })
  if (model.kind !== 'chat') return refuse({ kind: 'not-a-chat-model', ...asked })
  if (request.tools.length > 0 && !model.supportsTools) {
    return refuse({ kind: 'tools-unsupported', ...asked })
  }
  if (request.images > 0 && !model.inputModalities.includes('image')) {
    return refuse({ kind: 'images-unsupported', ...asked })
  }
  const inputTokens = countInputTokens(request)
  if (inputTokens > model.contextLength) {
    const message = `This model's maximum context length is ${model.contextLength} tokens. However, your messages resulted in ${inputTokens} tokens.`
    return refuse({ kind: 'context-too-long', ...asked, message })
  }
  return succeed(model)
}
