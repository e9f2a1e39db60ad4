/** A key in memory, with the time it was read. */
export interface VaultLease {
  readonly secret: string
  readonly readAtMs: number
}

/** The keys that are held, by path, each for a limited time. */
export interface VaultLeases {
  /** The lease that may be used without reading the key anew. */
  readonly fresh: (path: string) => VaultLease | undefined
  /** The lease that may be used while Vault cannot be reached. */
  readonly exposed: (path: string) => VaultLease | undefined
  /** Notes that Vault answered a request that was made at `atMs`. */
  readonly confirm: (atMs: number) => void
  /** Keeps a key, unless that of the path was dropped since `mark` was taken. */
  readonly keep: (path: string, lease: VaultLease, mark: string) => void
  /** To be taken before a key is read. */
  readonly mark: (path: string) => string
  readonly drop: (path: string) => void
  readonly dropAll: () => void
  /** Drops what could not be used even in the window. */
  readonly dropUnexposed: () => void
}

export interface VaultLeasesOptions {
  readonly leaseMs: number
  readonly exposureWindowMs: number
  readonly monotonic: () => number
}

export function createVaultLeases(options: VaultLeasesOptions): VaultLeases {
  const { leaseMs, exposureWindowMs, monotonic } = options
  const leases = new Map<string, VaultLease>()
  let confirmedAtMs = Number.NEGATIVE_INFINITY
  let dropsOfAll = 0
  const drops = new Map<string, number>()

  const isFresh = ({ readAtMs }: VaultLease): boolean => monotonic() - readAtMs < leaseMs
  const isInWindow = (): boolean => monotonic() - confirmedAtMs < exposureWindowMs
  const sweep = (): void => {
    for (const [path, lease] of leases) {
      if (!isFresh(lease) && !isInWindow()) leases.delete(path)
    }
  }
  const mark = (path: string): string => `${dropsOfAll}:${drops.get(path) ?? 0}`
  const dropAll = (): void => {
    dropsOfAll += 1
    leases.clear()
  }
  return {
    fresh: (path) => {
      sweep()
      const lease = leases.get(path)
      return lease !== undefined && isFresh(lease) ? lease : undefined
    },
    exposed: (path) => (isInWindow() ? leases.get(path) : undefined),
    confirm: (atMs) => {
      confirmedAtMs = Math.max(confirmedAtMs, atMs)
    },
    keep: (path, lease, taken) => {
      if (taken === mark(path)) leases.set(path, lease)
    },
    mark,
    drop: (path) => {
      drops.set(path, (drops.get(path) ?? 0) + 1)
      leases.delete(path)
    },
    dropAll,
    dropUnexposed: () => {
      if (!isInWindow()) dropAll()
    },
  }
}
