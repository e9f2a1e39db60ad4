/** What is kept of an answer: each table, and the column that has the id of the message. */
export const ANSWER_TABLES = {
  feedback_events: 'message_id',
  attempts: 'message_id',
  routing_decisions: 'message_id',
  messages: 'id',
} as const

export type AnswerTable = keyof typeof ANSWER_TABLES

/** The tables in the order that rows are dropped in: a message goes last. */
export const ANSWER_TABLE_NAMES: readonly AnswerTable[] = [
  'feedback_events',
  'attempts',
  'routing_decisions',
  'messages',
]
