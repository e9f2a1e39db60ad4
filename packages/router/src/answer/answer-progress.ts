import type {
  AnswerPart,
  Attempt,
  BudgetSettlement,
  ErrorPart,
  JsonObject,
  MessageRecord,
  Model,
  TaskType,
} from '@imrs/core'

import type { PreparedRequest } from '../prepare/prepared-request.ts'

export interface MessageFacts {
  /** What kind of task it turned out to be. */
  readonly taskType: TaskType
  readonly prepared: PreparedRequest
  readonly model: Model
  readonly latencyMs: number
  readonly createdAtMs: number
  readonly metadata: JsonObject
}

/** What an answer has given out so far. */
export class AnswerProgress {
  readonly attempts: Attempt[] = []
  readonly settlements: BudgetSettlement[] = []
  readonly #toolsUsed: string[] = []
  readonly #text: string[] | undefined
  #characters = 0
  #reasoningCharacters = 0
  #toolCalls = 0

  constructor(options: { readonly keepText: boolean }) {
    this.#text = options.keepText ? [] : undefined
  }

  /** Whether anything visible was given out: from then on no other model may take over. */
  get isCommitted(): boolean {
    return this.#committed
  }

  #committed = false

  get received(): ErrorPart['received'] {
    return {
      characters: this.#characters,
      reasoningCharacters: this.#reasoningCharacters,
      toolCalls: this.#toolCalls,
    }
  }

  /** Names of the tools the answer called, each once. */
  get toolsUsed(): readonly string[] {
    return this.#toolsUsed
  }

  givenOut(part: AnswerPart): void {
    if (part.type === 'text-delta') {
      this.#characters += part.text.length
      this.#text?.push(part.text)
    } else if (part.type === 'tool-call') {
      this.#toolCalls += 1
      if (!this.#toolsUsed.includes(part.toolName)) this.#toolsUsed.push(part.toolName)
    } else if (part.type === 'reasoning-delta') {
      this.#reasoningCharacters += part.text.length
    } else {
      return
    }
    this.#committed = true
  }

  toMessage({
    taskType,
    prepared,
    model,
    latencyMs,
    createdAtMs,
    metadata,
  }: MessageFacts): MessageRecord {
    const { input, snapshot, request } = prepared
    const usage = this.attempts.findLast(({ modelId }) => modelId === model.id)?.usage
    return {
      id: input.messageId,
      ...snapshot.agent,
      userId: input.userId,
      conversationId: request.conversationId ?? request.sessionId,
      role: 'assistant',
      content: this.#text?.join(''),
      model: model.id,
      latencyMs,
      tokenCount: usage === undefined ? undefined : usage.inputTokens + usage.outputTokens,
      metadata,
      createdAtMs,
      taskType,
      creditedTaskType: input.experienceType ?? input.task.type,
      toolsUsed: this.#toolsUsed,
    }
  }
}
