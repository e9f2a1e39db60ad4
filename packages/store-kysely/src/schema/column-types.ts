/** 0 or 1. */
export type BooleanNumber = number
/** ISO 8601, UTC, with milliseconds. */
export type TimeText = string
/** JSON, as text. */
export type JsonText = string
