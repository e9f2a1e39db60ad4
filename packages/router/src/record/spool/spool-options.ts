import { resolve } from 'node:path'

import { ConfigError } from '@imrs/core'

/** Where records wait while the store is down. */
export interface SpoolOptions {
  /**
   * A folder on a disk of this machine, made when it is not there. Several processes may share one;
   * a network file system is none to trust with it.
   */
  readonly directory: string
  /** How large the files may become together, bytes; above it records are refused. Default: 64 MiB. */
  readonly maxBytes?: number | undefined
  /** What a record in it survives: the death of the process, or a power cut too. Default: `process`. */
  readonly durability?: 'process' | 'power' | undefined
  /**
   * How long a record waits for a store that does not answer before it goes to the folder,
   * milliseconds. Default: `5_000`.
   */
  readonly storeTimeoutMs?: number | undefined
}

export interface ResolvedSpoolOptions {
  readonly directory: string
  readonly maxBytes: number
  readonly segmentBytes: number
  readonly durability: 'process' | 'power'
  readonly storeTimeoutMs: number
}

const MIB = 1024 * 1024
const DEFAULT_MAX_BYTES = 64 * MIB
const LEAST_MAX_BYTES = 64 * 1024

/** A segment is deleted when all of it is replayed, so there are several; and each is read at once. */
const SEGMENTS = 16
const LARGEST_SEGMENT = 4 * MIB

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveSpoolOptions(options: SpoolOptions): ResolvedSpoolOptions {
  const { directory, maxBytes = DEFAULT_MAX_BYTES, storeTimeoutMs = 5000 } = options
  const durability: string = options.durability ?? 'process'
  if (typeof directory !== 'string' || directory === '') {
    throw new ConfigError(
      `\`spool.directory\` must name a folder, got ${JSON.stringify(directory)}`,
    )
  }
  if (!Number.isSafeInteger(maxBytes) || maxBytes < LEAST_MAX_BYTES) {
    throw new ConfigError(
      `\`spool.maxBytes\` must be a whole number from ${LEAST_MAX_BYTES}, got ${String(maxBytes)}`,
    )
  }
  if (!Number.isFinite(storeTimeoutMs) || storeTimeoutMs <= 0) {
    throw new ConfigError(
      `\`spool.storeTimeoutMs\` must be a number above 0, got ${String(storeTimeoutMs)}`,
    )
  }
  if (durability !== 'process' && durability !== 'power') {
    throw new ConfigError(
      `\`spool.durability\` must be "process" or "power", got ${JSON.stringify(durability)}`,
    )
  }
  const segmentBytes = Math.min(LARGEST_SEGMENT, Math.floor(maxBytes / SEGMENTS))
  const folder = resolve(directory)
  return Object.freeze({
    directory: folder,
    maxBytes,
    segmentBytes,
    durability,
    storeTimeoutMs,
  })
}
