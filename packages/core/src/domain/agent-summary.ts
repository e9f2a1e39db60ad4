/** What is set for an agent, and what it was used for. */
export interface AgentSummary {
  readonly agentId: string
  /** Models that are enabled for it by name, whether they can be used now or not. */
  readonly enabledByName: number
  readonly disabledByName: number
  readonly rules: number
  /** Answers that came to their end, in the days that were asked for. */
  readonly answers: number
  /** The last UTC day, `2026-11-21`, on which a model was called for it. Absent: none ever was. */
  readonly lastUsedOn?: string | undefined
}
