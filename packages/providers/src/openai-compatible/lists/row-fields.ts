import { asObject, asText } from '@imrs/core'
import type { JsonObject, ListedModel } from '@imrs/core'

import { asCount, asNumber, asTexts } from '../../shared/foreign-json.ts'
import type { RowContext } from './row-context.ts'

/** A row that has a usable id. */
export interface Row {
  readonly id: string
  readonly fields: JsonObject
}

/** What a reader found in a row; availability follows from the dates. */
export type RowFacts = Pick<ListedModel, 'modelType' | 'capabilities' | 'pricing'> &
  Partial<
    Pick<
      ListedModel,
      | 'contextLength'
      | 'maxOutputTokens'
      | 'releasedAtMs'
      | 'expiresAtMs'
      | 'supportedParameters'
      | 'published'
      | 'unavailableReason'
    >
  > & {
    readonly displayName: string | undefined
    readonly description?: string | undefined
  }

const MAX_ID_LENGTH = 240
const MAX_NAME_LENGTH = 255
const MAX_DESCRIPTION_LENGTH = 2000

/** The largest number of tokens that is believed; a larger one is a sentinel. */
const MAX_TOKENS = 2_147_483_647

/** Dates from this year on mean "never". */
const NEVER_YEAR = 2090
const MAX_UNIX_SECONDS = Date.UTC(NEVER_YEAR) / 1000

const UNKEEPABLE_IN_ID = /[\p{Cc}\p{Cs}]/u
const UNKEEPABLE_IN_TEXT = /(?![\n\t])[\p{Cc}\p{Cs}]/gu
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/u

/**
 * A row and its id, from the first of the fields that has one.
 *
 * @throws Error when the id cannot name a model.
 */
export function readRow(row: unknown, idFields: readonly string[] = ['id']): Row {
  const fields = asObject(row)
  if (fields === undefined) throw new Error('it is not an object')
  const id = idFields.map((field) => asText(fields[field])).find((text) => text !== undefined)
  if (id === undefined || id.trim() === '') throw new Error('it has no id')
  if (id.length > MAX_ID_LENGTH) {
    throw new Error(`its id is longer than ${MAX_ID_LENGTH} characters`)
  }
  if (UNKEEPABLE_IN_ID.test(id)) throw new Error('its id has control characters')
  return { id, fields }
}

/** The listed model of a row. One that is past its end is not available. */
export function toListedModel(
  { id, fields }: Row,
  facts: RowFacts,
  context: RowContext,
): ListedModel {
  const { displayName, description, unavailableReason, ...others } = facts
  const reason = stoppedReason(facts.expiresAtMs, context.nowMs) ?? unavailableReason
  return {
    externalId: id,
    ...others,
    displayName: cleanText(displayName, MAX_NAME_LENGTH) ?? id,
    description: cleanText(description, MAX_DESCRIPTION_LENGTH),
    isAvailable: reason === undefined,
    unavailableReason: reason,
    metadata: fields,
  }
}

/** A believable number of tokens; 0 and sentinels are unknown. */
export function asTokens(value: unknown): number | undefined {
  const count = asCount(value)
  return count !== undefined && count <= MAX_TOKENS ? count : undefined
}

/** The first of several fields that holds a number of tokens. */
export function firstTokens(fields: JsonObject, names: readonly string[]): number | undefined {
  return names.map((name) => asTokens(fields[name])).find((count) => count !== undefined)
}

/** Unix seconds as milliseconds; 0 and times that are far away are unknown. */
export function fromUnixSeconds(value: unknown): number | undefined {
  const seconds = asNumber(value)
  if (seconds === undefined || seconds <= 0 || seconds >= MAX_UNIX_SECONDS) return undefined
  return Math.round(seconds * 1000)
}

/** A date, or a date and time, in milliseconds; without a zone it is UTC. Far away means never. */
export function fromIsoDate(value: unknown): number | undefined {
  const text = asText(value)
  if (text === undefined || !ISO_DATE.test(text)) return undefined
  const hasZone = !text.includes('T') || /(?:Z|[+-]\d{2}:?\d{2})$/u.test(text)
  const dateMs = Date.parse(hasZone ? text : `${text}Z`)
  return dateMs > 0 && dateMs < MAX_UNIX_SECONDS * 1000 ? dateMs : undefined
}

/** The parameters a row names; an empty list says nothing. */
export function parametersOf(value: unknown): readonly string[] | undefined {
  const parameters = asTexts(value)
  return parameters.length === 0 ? undefined : parameters
}

/** Text that every store can keep, cut to a length; `undefined` when nothing is left. */
function cleanText(text: string | undefined, maxLength: number): string | undefined {
  const clean = text?.slice(0, maxLength).replace(UNKEEPABLE_IN_TEXT, '').trim()
  return clean === '' ? undefined : clean
}

function stoppedReason(expiresAtMs: number | undefined, nowMs: number): string | undefined {
  if (expiresAtMs === undefined || expiresAtMs > nowMs) return undefined
  return `Its provider stopped serving it on ${new Date(expiresAtMs).toISOString().slice(0, 10)}.`
}
