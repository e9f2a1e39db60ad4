/** OpenRouter says it of all who serve the model; the others of the model itself. */
const SENTENCES: readonly RegExp[] = [
  /no endpoints found that (?:support|can)\b/i,
  /\bdoes(?: not|n[’']t) support\b/i,
  /\b(?:is|are) not (?:supported|enabled|available) (?:with|by|for|on) (?:this|the|that) model\b/i,
  /\b(?:is|are) not (?:supported|enabled) for models?\b/i,
  /\bonly (?:supported|available) (?:with|by|for|on) (?:certain|some|other) models\b/i,
  /requires --enable-auto-tool-choice/i,
]

/** Statuses under which a server says it; a stream says it with none. */
const STATUSES: ReadonlySet<number> = new Set([400, 404, 405, 422, 501])

/**
 * Whether a provider says that the model cannot do something the request needs, which is
 * `model-unfit`: another model may, so the request is not wrong; the provider is well, and the model
 * answers other requests, so nothing may be cooled down. Pure.
 *
 * @param status the HTTP status; `undefined` for what a stream says.
 */
export function saysItLacksFeature(message: string, status: number | undefined): boolean {
  if (status !== undefined && !STATUSES.has(status)) return false
  return SENTENCES.some((pattern) => pattern.test(message))
}
