import type { AnswerFinish, SimulatedUsage } from '../behaviour.ts'
import type { SimulatedTask } from '../models.ts'

/** A tool call as it leaves the simulator. */
export interface AnswerToolCall {
  readonly id: string
  readonly name: string
  /** JSON text, or whatever a script put there. */
  readonly arguments: string
}

/** An answer of any dialect, before it is put into its wire format. */
export interface Answer {
  /** The part of every id that makes it this answer's own. */
  readonly id: string
  /** Unix seconds. */
  readonly created: number
  /** What the answer says its model is. */
  readonly model: string
  readonly task: SimulatedTask
  readonly quality: number
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly AnswerToolCall[]
  readonly finish: AnswerFinish
  /** What is billed. */
  readonly usage: SimulatedUsage
  /** `false` leaves the usage out of the answer, though it is billed. */
  readonly isUsageShown: boolean
}
