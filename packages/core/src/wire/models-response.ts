/** The form of a model as `GET /api/models` gives it. Dates travel as ISO 8601 text. */
export interface ModelInfo {
  /** `provider/external`. */
  readonly id: string
  readonly provider: string
  readonly name: string
  readonly description?: string | undefined
  readonly capabilities: readonly string[]
  /** Costs more than nothing. */
  readonly premium: boolean
  readonly vision: boolean
  readonly contextMax?: number | undefined
  readonly apiVersion?: string | undefined
  readonly status: 'available' | 'limited' | 'deprecated' | 'unavailable'
  readonly lastChecked: string
  /** When it appeared in its provider's list; absent for models that were there when that was first read, and for those that came another way. */
  readonly addedAt?: string | undefined
  readonly errorMessage?: string | undefined
  readonly providerHealth?: 'healthy' | 'degraded' | 'down' | undefined
  readonly pricing?:
    | {
        /** US dollars per token. */
        readonly input?: number | undefined
        readonly output?: number | undefined
        readonly currency?: string | undefined
      }
    | undefined
  readonly rateLimit?:
    | {
        readonly requestsPerMinute?: number | undefined
        readonly tokensPerMinute?: number | undefined
      }
    | undefined
}

export interface ModelsProviderInfo {
  readonly status: 'healthy' | 'degraded' | 'error'
  readonly lastChecked: string
  readonly modelCount: number
  readonly error?: string | undefined
}

export interface ModelsResponse {
  readonly models: readonly ModelInfo[]
  readonly metadata: {
    readonly lastUpdated: string
    readonly providers: Readonly<Record<string, ModelsProviderInfo>>
    readonly totalModels: number
    readonly cacheHit: boolean
    readonly userProvidedKeys?: readonly string[] | undefined
  }
}
