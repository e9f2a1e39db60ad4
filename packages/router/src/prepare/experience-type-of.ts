import type { TaskType } from '@imrs/core'
import { GENERAL_TASK } from '@imrs/core'

import { bucketOf } from '../task/bucket-of.ts'
import { parseTextGroup } from '../text/text-group.ts'
import type { TextGroup } from '../text/text-group.ts'

/** Before the bucket or group in the name of a cell: `general/latin-short`. */
export const BUCKET_PREFIX: string = `${GENERAL_TASK}/`

/** The name of the cell that a text without a task goes to. */
export function typeOfText(text: string, group: TextGroup | undefined): TaskType {
  return `${BUCKET_PREFIX}${group?.name ?? bucketOf(text)}`
}

/** The group that the name of a cell stands for; `undefined` for any other cell. */
export function groupOfType(taskType: TaskType): TextGroup | undefined {
  if (!taskType.startsWith(BUCKET_PREFIX)) return undefined
  return parseTextGroup(taskType.slice(BUCKET_PREFIX.length))
}
