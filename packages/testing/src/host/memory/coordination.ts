import { HEALTH_HINTS_TOPIC, ImrsError, LOCK_NAME, MAX_HEALTH_HINTS, takePace } from '@imrs/core'
import type { CoordinationRepository, HealthHint, HeldLock } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf, raiseVersion } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

export function memoryCoordination(data: MemoryData): CoordinationRepository {
  return {
    tryLock: async (name, options) => {
      begin(data, options)
      if (!LOCK_NAME.test(name)) {
        const got = JSON.stringify(name)
        const message = `\`name\` must fit ${LOCK_NAME.source}, got ${got}`
        throw new ImrsError('invalid-request', message, { field: 'name' })
      }
      return data.locks.has(name) ? undefined : take(data, name)
    },
    putHints: async ({ hints, atMs }, options) => {
      begin(data, options)
      putHints(data, hints, atMs)
    },
    listHints: async ({ atMs }, options) => {
      begin(data, options)
      return [...data.hints.values()]
        .filter(({ openUntilMs }) => openUntilMs > atMs)
        .toSorted(byEnd)
        .slice(0, MAX_HEALTH_HINTS)
    },
    takePace: async (request, options) => {
      begin(data, options)
      const { fullAtMs, ...outcome } = takePace(data.pace.get(request.providerId), request)
      if (outcome.granted > 0) data.pace.set(request.providerId, fullAtMs)
      return outcome
    },
  }
}

/** Gives the locks of a store that is closed back. */
export function freeLocks(data: MemoryData): void {
  for (const free of data.locks.values()) free()
}

function take(data: MemoryData, name: string): HeldLock {
  const ending = new AbortController()
  const free = (): void => {
    if (ending.signal.aborted) return
    data.locks.delete(name)
    ending.abort(new Error('The lock was given back'))
  }
  data.locks.set(name, free)
  return { signal: ending.signal, release: async () => free() }
}

function putHints(data: MemoryData, hints: readonly HealthHint[], atMs: number): void {
  for (const [key, { openUntilMs }] of data.hints) if (openUntilMs <= atMs) data.hints.delete(key)
  const lasting = hints.filter(({ openUntilMs }) => openUntilMs > atMs)
  if (lasting.length === 0) return
  for (const hint of lasting) {
    const key = keyOf(hint.providerId, hint.credentialId, hint.modelId)
    const known = data.hints.get(key)
    if (known === undefined || known.openUntilMs < hint.openUntilMs) {
      data.hints.set(key, frozenCopy(hint))
    }
  }
  raiseVersion(data, HEALTH_HINTS_TOPIC)
}

function byEnd(left: HealthHint, right: HealthHint): number {
  return right.openUntilMs - left.openUntilMs || (nameOf(left) < nameOf(right) ? -1 : 1)
}

function nameOf({ providerId, credentialId, modelId }: HealthHint): string {
  return `${providerId}\n${credentialId}\n${modelId}`
}
