import type { ChatRequest, DetectedTask, Strategy, TaskType } from '@imrs/core'
import { GENERAL_TASK, textOf } from '@imrs/core'

import { bucketOf } from '../task/bucket-of.ts'
import { lastUserIndex } from '../task/last-user-message.ts'

/** Before the bucket in the name of a cell: `general/latin-short`. */
export const BUCKET_PREFIX: string = `${GENERAL_TASK}/`

/**
 * The type whose experience a decision rests on, when it is not the task type: the bucket of a
 * request that shows no task. A strategy that learns would take all such requests for one task, and
 * settle on one model for all of them. `undefined` elsewhere.
 */
export function experienceTypeOf(
  { messages }: Pick<ChatRequest, 'messages'>,
  task: DetectedTask,
  strategy: Strategy,
): TaskType | undefined {
  if (task.source !== 'none' || task.type !== GENERAL_TASK || strategy.learn === undefined) {
    return undefined
  }
  const message = messages[lastUserIndex(messages)]
  return `${BUCKET_PREFIX}${bucketOf(message === undefined ? '' : textOf(message))}`
}
