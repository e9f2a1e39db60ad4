import { ConfigError, systemRuntime } from '@imrs/core'

import { DEFAULT_SIMULATED_MODELS } from './default-models.ts'
import type { AcceptedKeys } from './dialects/dialect.ts'
import type { SimulatedDialect, SimulatedModel } from './models.ts'
import type { SimulatorRuntime } from './runtime.ts'

/** The keys that a provider accepts; the first is the one that `simulator.keys` shows. */
export type SimulatedKeys = Readonly<Partial<Record<SimulatedDialect, string | readonly string[]>>>

/** What {@link startSimulator} takes. */
export interface SimulatorOptions {
  /** Default: `0`, a free one. */
  readonly port?: number | undefined
  /** Decides on the quality of answers, their wording and their ids. Default: `1`. */
  readonly seed?: number | undefined
  /** `realistic`: waits as long as each model's speed says, through the runtime. Default: `instant`. */
  readonly pace?: 'instant' | 'realistic' | undefined
  /** Default: `DEFAULT_SIMULATED_MODELS`. */
  readonly models?: readonly SimulatedModel[] | undefined
  readonly keys?: SimulatedKeys | undefined
  /** Gemini and Anthropic give at most so many rows a page, so that nobody gets by without paging. Default: `5`. */
  readonly maxPageSize?: number | undefined
  /** How many calls `calls` remembers; older ones are forgotten. Default: `1000`. */
  readonly callCapacity?: number | undefined
  /** Default: the system's clock and sleep. */
  readonly runtime?: SimulatorRuntime | undefined
}

/** Options with nothing left open. */
export interface ResolvedSimulatorOptions {
  readonly port: number
  readonly seed: number
  readonly pace: 'instant' | 'realistic'
  readonly models: readonly SimulatedModel[]
  readonly keys: AcceptedKeys
  readonly maxPageSize: number
  readonly callCapacity: number
  readonly runtime: SimulatorRuntime
}

const DEFAULT_KEYS: AcceptedKeys = {
  openrouter: ['sk-or-v1-simulator'],
  openai: ['sk-proj-simulator'],
  requesty: ['sk-requesty-simulator'],
  google: ['AIzaSy-simulator'],
  anthropic: ['sk-ant-simulator'],
}

/**
 * Fills in what was left out.
 *
 * @throws ConfigError on a number out of range or a model that is listed twice.
 */
export function resolveSimulatorOptions(options: SimulatorOptions): ResolvedSimulatorOptions {
  const models = options.models ?? DEFAULT_SIMULATED_MODELS
  assertUniqueModels(models)
  return Object.freeze({
    port: atLeast('port', options.port ?? 0, 0),
    seed: options.seed ?? 1,
    pace: options.pace ?? 'instant',
    models,
    keys: resolveKeys(DEFAULT_KEYS, options.keys ?? {}),
    maxPageSize: atLeast('maxPageSize', options.maxPageSize ?? 5, 1),
    callCapacity: atLeast('callCapacity', options.callCapacity ?? 1000, 1),
    runtime: options.runtime ?? systemRuntime,
  })
}

/** The keys with some of them replaced. */
export function resolveKeys(current: AcceptedKeys, keys: SimulatedKeys): AcceptedKeys {
  const given = Object.entries(keys).map(([dialect, key]) => [dialect, [key].flat()])
  return { ...current, ...Object.fromEntries(given) }
}

/** @throws ConfigError when a provider has two models with one id. */
export function assertUniqueModels(models: readonly SimulatedModel[]): void {
  const seen = new Set<string>()
  for (const { dialect, id } of models) {
    const name = `${dialect}:${id}`
    if (seen.has(name)) throw new ConfigError(`\`models\` holds \`${name}\` twice`)
    seen.add(name)
  }
}

function atLeast(name: string, value: number, lowest: number): number {
  if (Number.isInteger(value) && value >= lowest) return value
  throw new ConfigError(`\`${name}\` must be an integer of at least ${lowest}, got ${value}`)
}
