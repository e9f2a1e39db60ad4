import { REPLAY_POLICIES, isReplayPolicyName } from '@imrs/router'
import type { ReplayChange, ReplayLabel, ReplayPolicyName } from '@imrs/router'

import { UsageError } from '../command/usage-error.ts'

/** The environment variable with the folder of the data, where `--data` is not given. */
export const DATA_VARIABLE = 'IMRS_ROUTING_DATA'

/** What the command was told. */
export interface ReplayCommand {
  readonly protocol: 'replay' | 'routellm'
  readonly data: readonly string[]
  readonly policies: readonly ReplayPolicyName[]
  readonly seeds: number | undefined
  readonly feedback: number | undefined
  readonly delay: number | undefined
  readonly label: ReplayLabel | undefined
  readonly noise: number | undefined
  readonly limit: number | undefined
  readonly days: number | undefined
  readonly costQuality: number | undefined
  readonly split: string | undefined
  readonly bench: string | undefined
  readonly priorities: string | undefined
  readonly isCold: boolean
  readonly degrade: ReplayChange | undefined
  readonly improve: ReplayChange | undefined
  readonly svg: string | undefined
}

/** @throws UsageError that names the policies there are. */
export function policyOf(name: string): ReplayPolicyName {
  if (isReplayPolicyName(name)) return name
  const names = [...REPLAY_POLICIES, 'experiment:<a>+<b>'].join(', ')
  throw new UsageError(`--policy takes ${names}, got ${JSON.stringify(name)}`)
}

/**
 * `best@0.5`. A model's own name may hold an `@`.
 *
 * @throws UsageError
 */
export function changeOf(option: string, text: string): ReplayChange {
  const place = text.lastIndexOf('@')
  const share = text.slice(place + 1).trim()
  const at = share === '' ? Number.NaN : Number(share)
  if (place > 0 && at >= 0 && at <= 1) return { model: text.slice(0, place), at }
  throw new UsageError(`${option} takes <model>@<share from 0 to 1>, such as best@0.5, got ${text}`)
}
