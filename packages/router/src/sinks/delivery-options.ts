import type { LearningSink } from '@imrs/core'
import { ConfigError } from '@imrs/core'

/** How records are brought to sinks. */
export interface SinkDeliveryOptions {
  /**
   * How often to look for records that other processes left, milliseconds; those of this process are
   * delivered at once. Default: `5_000`.
   */
  readonly pollMs?: number | undefined
  /**
   * How long a process that died keeps others from taking over, milliseconds. A delivery may take two
   * thirds of it at most. Default: `60_000`.
   */
  readonly leaseMs?: number | undefined
  /** How many answers' records are on their way to one sink at once, 1 to 64. Default: `4`. */
  readonly concurrency?: number | undefined
  /** The longest wait before the first second try, milliseconds; it doubles with each. Default: `1_000`. */
  readonly firstRetryMs?: number | undefined
  /** The longest wait between two tries, milliseconds, unless the sink asks for more. Default: `300_000`. */
  readonly maxRetryMs?: number | undefined
  /** How long `router.close()` waits for deliveries that are on their way, milliseconds. Default: `5_000`. */
  readonly closeMs?: number | undefined
}

export interface ResolvedSinkDelivery {
  readonly pollMs: number
  readonly leaseMs: number
  readonly concurrency: number
  readonly firstRetryMs: number
  readonly maxRetryMs: number
  readonly closeMs: number
}

const MAX_CONCURRENCY = 64
/** 24 hours: as long as timers may be asked to wait without a doubt. */
const MAX_WAIT_MS = 24 * 60 * 60 * 1000
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveSinkDelivery(options: SinkDeliveryOptions = {}): ResolvedSinkDelivery {
  const duration = (name: keyof ResolvedSinkDelivery, byDefault: number, lowest = 1): number =>
    whole({ name, lowest, highest: MAX_WAIT_MS }, options[name] ?? byDefault)
  const firstRetryMs = duration('firstRetryMs', 1_000)
  return Object.freeze({
    pollMs: duration('pollMs', 5_000),
    leaseMs: duration('leaseMs', 60_000),
    concurrency: whole(
      { name: 'concurrency', lowest: 1, highest: MAX_CONCURRENCY },
      options.concurrency ?? 4,
    ),
    firstRetryMs,
    maxRetryMs: duration('maxRetryMs', Math.max(300_000, firstRetryMs), firstRetryMs),
    closeMs: duration('closeMs', 5_000, 0),
  })
}

interface Bounds {
  readonly name: string
  readonly lowest: number
  readonly highest: number
}

function whole({ name, lowest, highest }: Bounds, value: number): number {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return value
  throw new ConfigError(
    `\`sinkDelivery.${name}\` must be a whole number from ${lowest} to ${highest}, got ${value}`,
  )
}

/** @throws ConfigError for a name that is none, or that two sinks have. */
export function resolveSinks(sinks: readonly LearningSink[] = []): readonly LearningSink[] {
  const names = new Set<string>()
  for (const { name } of sinks) {
    if (!NAME.test(name)) {
      throw new ConfigError(
        `\`sinks\`: a name must be lower-case letters, digits and -, got ${JSON.stringify(name)}`,
      )
    }
    if (names.has(name)) {
      throw new ConfigError(`\`sinks\`: two are called ${name}; give one of them another \`name\``)
    }
    names.add(name)
  }
  return Object.freeze([...sinks])
}
