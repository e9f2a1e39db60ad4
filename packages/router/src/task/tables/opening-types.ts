import type { TaskType } from '@imrs/core'

/**
 * Actions that stay what they are whatever they are done to: "translate this function's docstring"
 * is a translation and "summarize this report" a summary. When the first keyword of a text is theirs,
 * they win a tie of matches. "Review the code" is not among them: reviewing code is work on code.
 */
export const OPENING_TASK_TYPES: ReadonlySet<TaskType> = new Set(['summarization', 'translation'])
