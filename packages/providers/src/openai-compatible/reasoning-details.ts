import { asList, asObject, asText } from '@imrs/core'
import type { JsonObject, JsonValue } from '@imrs/core'

/** Fields of a detail that a stream sends in pieces. */
const GROWING = ['text', 'summary'] as const

/**
 * OpenRouter's `reasoning_details` of one answer, put together from the pieces of a stream: as the
 * same answer has them in one piece, since they are to be sent back like that.
 */
export class ReasoningDetails {
  #details: JsonObject[] = []

  get all(): readonly JsonObject[] {
    return this.#details
  }

  add(given: JsonValue | undefined): void {
    for (const item of asList(given) ?? []) {
      const detail = asObject(item)
      if (detail === undefined) continue
      const last = this.#details.at(-1)
      if (last !== undefined && goesOn(last, detail)) {
        this.#details[this.#details.length - 1] = joined(last, detail)
      } else this.#details.push(detail)
    }
  }
}

/** What the details say in words. */
export function textOfDetails(given: JsonValue | undefined): string | undefined {
  const details = (asList(given) ?? []).map((detail) => asObject(detail) ?? {})
  return asText(details.map((one) => asText(one['text']) ?? asText(one['summary']) ?? '').join(''))
}

/** A piece of the same detail: encrypted ones come whole. */
function goesOn(last: JsonObject, next: JsonObject): boolean {
  const isGrowing = GROWING.some((field) => field in last || field in next)
  return isGrowing && last['type'] === next['type'] && last['index'] === next['index']
}

function joined(last: JsonObject, next: JsonObject): JsonObject {
  const grown = GROWING.filter((field) => field in last || field in next).map((field) => [
    field,
    `${asText(last[field]) ?? ''}${asText(next[field]) ?? ''}`,
  ])
  const said = Object.entries(next).filter(([, value]) => value !== null)
  return { ...last, ...Object.fromEntries(said), ...Object.fromEntries(grown) }
}
