/** The caches whose hits are counted. */
export const CACHE_NAMES = [
  /** Lists of providers: a miss is a list too old to be taken for granted, or one asked for anew. */
  'lists',
  /** Lists read with users' own keys. */
  'user-lists',
  /** What an agent may use, as requests see it. */
  'snapshots',
  /** What users chose. */
  'preferences',
  /** Answers of providers that were asked how they are. */
  'health',
] as const

export type CacheName = (typeof CACHE_NAMES)[number]

/** What browsers measure of a model picker. */
export const PICKER_MEASURES = [
  /** From the request for the list to the list. */
  'load',
  /** From the click to the picker that can be used. */
  'open',
  /** From a key to the filtered list. */
  'filter',
  /** From the choice to the choice that is stored. */
  'select',
] as const

export type PickerMeasure = (typeof PICKER_MEASURES)[number]
