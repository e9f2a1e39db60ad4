import type { JsonObject } from '@imrs/core'

/** One version of a secret. `data` is gone once it is destroyed. */
export interface KvVersion {
  readonly version: number
  readonly createdAtMs: number
  readonly deletedAtMs: number | undefined
  readonly isDestroyed: boolean
  readonly data: JsonObject | undefined
}

/** A secret with its versions, oldest first. */
export interface KvSecret {
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly currentVersion: number
  readonly versions: readonly KvVersion[]
  readonly isCasRequired: boolean
  /** 0: as many as the engine keeps, ten. */
  readonly maxVersions: number
  readonly customMetadata: JsonObject | undefined
}

export type KvSettings = Partial<Pick<KvSecret, 'isCasRequired' | 'maxVersions' | 'customMetadata'>>

export type KvWriteResult =
  | { readonly kind: 'written'; readonly version: KvVersion }
  | { readonly kind: 'cas-mismatch' }
  | { readonly kind: 'cas-required' }

/** The secrets of one KV v2 mount in one namespace. */
export interface KvEngine {
  readonly get: (path: string) => KvSecret | undefined
  /** `cas` is the version the writer believes to be the current one, 0 for none. */
  readonly write: (path: string, data: JsonObject, cas?: number) => KvWriteResult
  /** Marks versions as deleted, or as not; those that are destroyed or absent are left alone. */
  readonly setDeleted: (path: string, versions: readonly number[], isDeleted: boolean) => void
  readonly destroy: (path: string, versions: readonly number[]) => void
  readonly configure: (path: string, settings: KvSettings) => void
  /** Forgets the secret with all its versions. */
  readonly erase: (path: string) => void
  /** What lies directly below a folder; folders end in `/`. */
  readonly list: (folder: string) => readonly string[]
}

const DEFAULT_MAX_VERSIONS = 10

/** Makes an empty engine. */
export function createKvEngine(now: () => number): KvEngine {
  const secrets = new Map<string, KvSecret>()
  const change = (
    path: string,
    versions: readonly number[],
    next: (version: KvVersion) => KvVersion,
  ): void => {
    const secret = secrets.get(path)
    if (secret === undefined) return
    const changed = secret.versions.map((version) =>
      versions.includes(version.version) && !version.isDestroyed ? next(version) : version,
    )
    secrets.set(path, { ...secret, versions: changed })
  }
  return {
    get: (path) => secrets.get(path),
    write: (path, data, cas) => {
      const secret = secrets.get(path) ?? newSecret(now())
      if (cas === undefined && secret.isCasRequired) return { kind: 'cas-required' }
      if (cas !== undefined && cas !== secret.currentVersion) return { kind: 'cas-mismatch' }
      const written = withVersion(secret, data, now())
      secrets.set(path, written.secret)
      return { kind: 'written', version: written.version }
    },
    setDeleted: (path, versions, isDeleted) => {
      const deletedAtMs = isDeleted ? now() : undefined
      change(path, versions, (version) => ({ ...version, deletedAtMs }))
    },
    destroy: (path, versions) => {
      change(path, versions, (version) => ({ ...version, isDestroyed: true, data: undefined }))
    },
    configure: (path, settings) => {
      secrets.set(path, { ...(secrets.get(path) ?? newSecret(now())), ...settings })
    },
    erase: (path) => {
      secrets.delete(path)
    },
    list: (folder) => listBelow([...secrets.keys()], folder),
  }
}

function newSecret(nowMs: number): KvSecret {
  return {
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    currentVersion: 0,
    versions: [],
    isCasRequired: false,
    maxVersions: 0,
    customMetadata: undefined,
  }
}

function withVersion(
  secret: KvSecret,
  data: JsonObject,
  nowMs: number,
): { readonly secret: KvSecret; readonly version: KvVersion } {
  const version: KvVersion = {
    version: secret.currentVersion + 1,
    createdAtMs: nowMs,
    deletedAtMs: undefined,
    isDestroyed: false,
    data,
  }
  const kept = secret.maxVersions === 0 ? DEFAULT_MAX_VERSIONS : secret.maxVersions
  const versions = [...secret.versions, version].slice(-kept)
  return {
    version,
    secret: { ...secret, versions, currentVersion: version.version, updatedAtMs: nowMs },
  }
}

function listBelow(paths: readonly string[], folder: string): readonly string[] {
  const prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`
  const below = paths
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
  const names = below.map((rest) =>
    rest.includes('/') ? rest.slice(0, rest.indexOf('/') + 1) : rest,
  )
  return [...new Set(names)].toSorted()
}
