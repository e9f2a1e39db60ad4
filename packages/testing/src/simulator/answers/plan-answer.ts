import type { AnswerFinish, RespondBehaviour, SimulatedUsage } from '../behaviour.ts'
import type { ChatRequest } from '../chat-request.ts'
import type { SimulatedModel } from '../models.ts'
import type { Answer, AnswerToolCall } from './answer.ts'
import { guessTask } from './guess-task.ts'
import { answerLevel, qualityOf } from './quality.ts'
import { sampleSchema } from './sample-schema.ts'
import { seededInteger, seededText } from './seeded.ts'
import { countImageTokens, countTokens } from './token-count.ts'
import { callTools } from './tool-calls.ts'
import { writeReasoning, writeText, writeToolResultText } from './write-text.ts'

/** What an answer is planned from. */
export interface AnswerOrder {
  readonly model: SimulatedModel
  readonly request: ChatRequest
  readonly seed: number
  readonly nowMs: number
  /** The number of the call, so that two answers never share an id. */
  readonly callNumber: number
  readonly override: RespondBehaviour | undefined
  /** A well-formed answer without text. */
  readonly isEmpty: boolean
}

interface Content {
  readonly text: string
  readonly toolCalls: readonly AnswerToolCall[]
  readonly finish: AnswerFinish
}

/** Tokens of everything the request sends. */
export function countInputTokens(request: ChatRequest): number {
  const tools = request.tools.map((tool) => JSON.stringify(tool)).join('')
  return countTokens(request.allText) + countTokens(tools) + countImageTokens(request.images)
}

/** Decides on the whole answer. The same order gives the same answer. */
export function planAnswer(order: AnswerOrder): Answer {
  const { model, request, seed, override } = order
  const prompt = { text: request.prompt, images: request.images }
  const id = seededText(24, seed, model.id, request.prompt, order.callNumber)
  const reasoning =
    override?.reasoning ?? (thinks(order) ? writeReasoning({ prompt: request.prompt, seed }) : '')
  const content = limitOutput(contentOf(order, id), order, countReasoning(order, reasoning))
  return {
    id,
    created: Math.floor(order.nowMs / 1000),
    model: override?.model ?? model.id,
    task: guessTask(prompt),
    quality: qualityOf(model, prompt, seed),
    reasoning,
    ...content,
    finish: override?.finish ?? content.finish,
    usage: usageOf(order, content, countReasoning(order, reasoning)),
    isUsageShown: override?.usage !== null,
  }
}

function thinks({ model, request, isEmpty }: AnswerOrder): boolean {
  if (isEmpty || model.reasoning === 'never') return false
  return request.wantsReasoning ?? model.reasoning === 'always'
}

function contentOf(order: AnswerOrder, id: string): Content {
  const { override, request, seed } = order
  if (order.isEmpty) return { text: '', toolCalls: [], finish: 'stop' }
  if (override?.toolCalls !== undefined) {
    const toolCalls = override.toolCalls.map(({ name, arguments: given, id: callId }, index) => ({
      id: callId ?? `call_${seededText(24, seed, id, index)}`,
      name,
      arguments: typeof given === 'string' ? given : JSON.stringify(given),
    }))
    return { text: override.text ?? '', toolCalls, finish: 'tool-calls' }
  }
  if (override?.text !== undefined) return { text: override.text, toolCalls: [], finish: 'stop' }
  const toolCalls = callTools(request, `${seed}${id}`)
  if (toolCalls.length > 0) return { text: '', toolCalls, finish: 'tool-calls' }
  return { text: textOf(order), toolCalls: [], finish: 'stop' }
}

function textOf({ model, request, seed }: AnswerOrder): string {
  const prompt = { text: request.prompt, images: request.images }
  const level = answerLevel(qualityOf(model, prompt, seed))
  const order = {
    prompt: request.prompt,
    task: guessTask(prompt),
    level,
    modelName: model.name,
    seed,
  }
  if (request.outputSchema !== undefined && model.supportsStructuredOutput) {
    const schema = request.outputSchema
    return JSON.stringify(
      schema === true
        ? { answer: writeText(order) }
        : sampleSchema({ schema, prompt: request.prompt }),
    )
  }
  return request.toolResult === undefined
    ? writeText(order)
    : writeToolResultText(order, request.toolResult)
}

/** Thinking comes out of the same allowance: a small one can leave nothing to say. */
function limitOutput(
  content: Content,
  { model, request, override }: AnswerOrder,
  spent: number,
): Content {
  if (override?.text !== undefined || override?.toolCalls !== undefined) return content
  const stopped = cutAtStop(content.text, request.stop)
  const allowance = request.maxOutputTokens ?? model.maxOutputTokens ?? Infinity
  const characters = Math.max(0, allowance - spent) * 4
  if (stopped.length <= characters) return { ...content, text: stopped }
  return { ...content, text: stopped.slice(0, characters), finish: 'length' }
}

function cutAtStop(text: string, stop: readonly string[]): string {
  const ends = stop.map((word) => text.indexOf(word)).filter((index) => index >= 0)
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends))
}

function countReasoning({ seed, request }: AnswerOrder, reasoning: string): number {
  if (reasoning === '') return 0
  const thought = countTokens(reasoning) + (seededInteger(seed, request.prompt, 'thought') % 64)
  return Math.min(thought, request.maxOutputTokens ?? Infinity)
}

function usageOf(order: AnswerOrder, content: Content, reasoningTokens: number): SimulatedUsage {
  const calls = content.toolCalls.map(({ name, arguments: text }) => name + text).join('')
  return {
    inputTokens: countInputTokens(order.request),
    cachedInputTokens: 0,
    outputTokens: countTokens(content.text) + countTokens(calls) + reasoningTokens,
    reasoningTokens,
    ...order.override?.usage,
  }
}
