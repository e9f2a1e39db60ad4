/** Where the client keeps what may outlive the page. It never holds a key or a message. */
export interface ClientStorage {
  /** `null` when there is none. May throw; then there is none. */
  readonly getItem: (key: string) => string | null
  /** May throw, as a full or forbidden `localStorage` does; then nothing is kept. */
  readonly setItem: (key: string, value: string) => void
}

/** The page's `localStorage`; keeps nothing where there is none, as on a server. */
export const browserStorage: ClientStorage = {
  getItem: (key: string) => globalThis.localStorage?.getItem(key) ?? null,
  setItem: (key: string, value: string) => globalThis.localStorage?.setItem(key, value),
}

/** Storage that ends with the page, for tests and for hosts that want nothing kept. */
export function memoryStorage(): ClientStorage {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
  }
}

/** JSON under one key of a storage that may fail. */
export interface Kept<Value> {
  /** `undefined` when there is none, or none that can be read. */
  readonly read: () => Value | undefined
  readonly write: (value: Value) => void
  /** Calls back when another tab wrote. Returns the function that stops it. */
  readonly onForeignWrite: (listener: () => void) => () => void
}

/** @param isValue tells a value of ours from what an older version or someone else left there. */
export function keptIn<Value>(
  storage: ClientStorage,
  key: string,
  isValue: (value: unknown) => value is Value,
): Kept<Value> {
  return {
    read: () => {
      try {
        const value: unknown = JSON.parse(storage.getItem(key) ?? 'null')
        return isValue(value) ? value : undefined
      } catch {
        return undefined
      }
    },
    write: (value) => {
      try {
        storage.setItem(key, JSON.stringify(value))
      } catch {
        // Full or forbidden: the page works without.
      }
    },
    onForeignWrite: (listener) =>
      onPage('storage', (event) => {
        if (!('key' in event) || event.key === key) listener()
      }),
  }
}

/** Listens on the page; does nothing where there is none. */
export function onPage(type: string, listener: (event: Event) => void): () => void {
  globalThis.addEventListener?.(type, listener)
  return () => globalThis.removeEventListener?.(type, listener)
}
