import type { ChatRequest, DetectedTask, Strategy, TaskType } from '@imrs/core'
import { GENERAL_TASK, textOf } from '@imrs/core'

import { bucketOf } from '../task/bucket-of.ts'
import { lastUserIndex } from '../task/last-user-message.ts'
import { parseTextGroup } from '../text/text-group.ts'
import type { TextGroup } from '../text/text-group.ts'

/** Before the bucket or group in the name of a cell: `general/latin-short`. */
export const BUCKET_PREFIX: string = `${GENERAL_TASK}/`

export interface ExperienceTypeSource {
  readonly request: Pick<ChatRequest, 'messages'>
  readonly task: DetectedTask
  readonly strategy: Strategy
  /** The group of a text, where there are groups. */
  readonly groupOf: (text: string) => TextGroup | undefined
}

/**
 * The type whose experience a decision rests on, when it is not the task type: for a request that
 * shows no task the group that its text belongs to, else the bucket that it looks like. A strategy
 * that learns would take all such requests for one task, and settle on one model for all of them.
 * `undefined` elsewhere.
 */
export function experienceTypeOf({
  request: { messages },
  task,
  strategy,
  groupOf,
}: ExperienceTypeSource): TaskType | undefined {
  if (task.source !== 'none' || task.type !== GENERAL_TASK || strategy.learn === undefined) {
    return undefined
  }
  const message = messages[lastUserIndex(messages)]
  const text = message === undefined ? '' : textOf(message)
  return typeOfText(text, groupOf(text))
}

/** The name of the cell that a text without a task goes to. */
export function typeOfText(text: string, group: TextGroup | undefined): TaskType {
  return `${BUCKET_PREFIX}${group?.name ?? bucketOf(text)}`
}

/** The group that the name of a cell stands for; `undefined` for any other cell. */
export function groupOfType(taskType: TaskType): TextGroup | undefined {
  if (!taskType.startsWith(BUCKET_PREFIX)) return undefined
  return parseTextGroup(taskType.slice(BUCKET_PREFIX.length))
}
