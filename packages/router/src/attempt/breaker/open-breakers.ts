/** What deciding passes over, and until when: epoch milliseconds. */
export interface OpenBreakers {
  /** By catalogue id. */
  readonly models: ReadonlyMap<string, number>
  /** By provider id: providers whose key cannot be used. */
  readonly providers: ReadonlyMap<string, number>
}

export const NONE_OPEN: OpenBreakers = Object.freeze({ models: new Map(), providers: new Map() })
