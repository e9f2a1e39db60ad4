/** One request that reached the server, without anything secret: no token, no value, no body. */
export interface VaultAuditEntry {
  /** Counts from 1 in the order of arrival. */
  readonly number: number
  readonly method: string
  /** Below `/v1/`, without the query. */
  readonly path: string
  readonly namespace: string
  readonly atMs: number
  /** `invalid`: unknown, ended or revoked. */
  readonly token: 'missing' | 'invalid' | 'valid'
  /** `undefined` while it runs, and when the client left first. */
  readonly status: number | undefined
  readonly isAborted: boolean
}

/** The server's own side of an entry. */
export interface AuditRecorder {
  readonly note: (facts: Partial<Omit<VaultAuditEntry, 'number'>>) => void
}

/** The requests, oldest first. */
export interface Audit {
  readonly entries: readonly VaultAuditEntry[]
  readonly open: (
    facts: Pick<VaultAuditEntry, 'method' | 'path' | 'namespace' | 'atMs'>,
  ) => AuditRecorder
  readonly clear: () => void
}

export function createAudit(): Audit {
  let entries: readonly VaultAuditEntry[] = []
  let opened = 0
  return {
    get entries(): readonly VaultAuditEntry[] {
      return entries
    },
    open: (facts) => {
      opened += 1
      const entry: VaultAuditEntry = {
        number: opened,
        token: 'missing',
        status: undefined,
        isAborted: false,
        ...facts,
      }
      entries = [...entries, entry]
      return { note: (noted) => void Object.assign(entry, noted) }
    },
    clear: () => {
      entries = []
      opened = 0
    },
  }
}
