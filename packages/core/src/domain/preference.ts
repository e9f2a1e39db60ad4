/** Who has a preference: a user of a tenant, or a session where there is no user. */
export interface PreferenceKey {
  readonly tenantId: string
  readonly userId: string
}

/** A model a user chose. `modelId` is `auto` or `preset:<id>` when the router shall choose. */
export interface ModelSelection {
  readonly modelId: string
  readonly atMs: number
}

/** What a user chose and what last worked: a row of `user_ai_preferences`. */
export interface Preference extends PreferenceKey {
  readonly selection?: ModelSelection | undefined
  /** The last explicitly chosen model that gave an answer. */
  readonly lastValid?: ModelSelection | undefined
}
