import { canonicalJson } from '../json.ts'
import type { Model } from './model.ts'

/** What a provider's list does not decide. */
const NOT_LISTED = {
  id: undefined,
  providerId: undefined,
  priority: undefined,
  domains: undefined,
  origin: undefined,
  overrides: undefined,
  syncedAtMs: undefined,
  createdAtMs: undefined,
  updatedAtMs: undefined,
} as const

/**
 * Everything of a model that its provider's list decides, as comparable text. A stored row is
 * changed by a sync when, and only when, its text differs from that of the listed model; every store
 * applies this one function.
 */
export function listedFacts(model: Model): string {
  return canonicalJson({ ...model, ...NOT_LISTED })
}

/** The names of the fields in which two models' {@link listedFacts} differ, sorted. */
export function changedFacts(before: Model, after: Model): readonly string[] {
  const facts = (model: Model): ReadonlyMap<string, unknown> =>
    new Map(Object.entries({ ...model, ...NOT_LISTED }))
  const [old, current] = [facts(before), facts(after)]
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter((field) => canonicalJson(old.get(field)) !== canonicalJson(current.get(field)))
    .toSorted()
}
