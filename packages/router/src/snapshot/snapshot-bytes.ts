import type { Model } from '@imrs/core'

import type { RoutingSnapshot } from './routing-snapshot.ts'

/** An agent without models: its snapshot, its reader of experience, its presets. */
const AGENT_BYTES = 8_192

/** Beside its columns, a row is a place in two lists and in the map of ids. */
const ROW_BYTES = 64

/** A place in the list; most profiles are shared. */
const PROFILE_BYTES = 16

/** More objects than this in one value are not counted one by one. */
const MAX_OBJECTS = 20_000

/** What only this snapshot holds, in bytes, as well as can be told. */
export function ownBytes({ experience, learned, textGroups, table }: RoutingSnapshot): number {
  const times = table.latencyMs?.byteLength ?? 0
  return AGENT_BYTES + times + bytesOf(experience) + bytesOf(learned) + bytesOf(textGroups)
}

/** What snapshots hold in common, each thing counted once however many hold it. */
export class SharedBytes {
  readonly #holders = new Map<object, number>()
  readonly #modelBytes = new WeakMap<Model, number>()
  #total = 0

  get total(): number {
    return this.#total
  }

  retain({ models, parameterProfiles, table }: RoutingSnapshot): void {
    this.#add(parameterProfiles, () => parameterProfiles.length * PROFILE_BYTES)
    const isFirst = this.#add(models, () => tableBytes(table))
    if (isFirst) for (const model of models) this.#add(model, () => this.#bytesOfModel(model))
  }

  release({ models, parameterProfiles, table }: RoutingSnapshot): void {
    this.#remove(parameterProfiles, () => parameterProfiles.length * PROFILE_BYTES)
    const isLast = this.#remove(models, () => tableBytes(table))
    if (isLast) for (const model of models) this.#remove(model, () => this.#bytesOfModel(model))
  }

  #bytesOfModel(model: Model): number {
    const known = this.#modelBytes.get(model)
    if (known !== undefined) return known
    const bytes = bytesOf(model)
    this.#modelBytes.set(model, bytes)
    return bytes
  }

  #add(part: object, bytes: () => number): boolean {
    const holders = this.#holders.get(part) ?? 0
    this.#holders.set(part, holders + 1)
    if (holders === 0) this.#total += bytes()
    return holders === 0
  }

  #remove(part: object, bytes: () => number): boolean {
    const holders = (this.#holders.get(part) ?? 0) - 1
    if (holders > 0) {
      this.#holders.set(part, holders)
      return false
    }
    this.#holders.delete(part)
    this.#total -= bytes()
    return true
  }
}

/** Times are each agent's own. */
function tableBytes({ latencyMs: _, ...table }: RoutingSnapshot['table']): number {
  let bytes = table.size * ROW_BYTES
  for (const column of Object.values(table))
    if (ArrayBuffer.isView(column)) bytes += column.byteLength
  return bytes
}

/** What a value takes on the heap, roughly: V8 does not say. */
export function bytesOf(value: unknown): number {
  const seen = new Set<object>()
  const open: unknown[] = [value]
  let bytes = 0
  while (open.length > 0 && seen.size < MAX_OBJECTS) {
    const next = open.pop()
    if (typeof next === 'string') bytes += 16 + next.length
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    if (ArrayBuffer.isView(next)) bytes += 64 + next.byteLength
    else {
      const held =
        next instanceof Map
          ? [...next.entries()].flat()
          : next instanceof Set
            ? [...next]
            : Object.values(next)
      bytes += 24 + 8 * held.length + (next instanceof Map ? 16 * next.size : 0)
      for (const one of held) open.push(one)
    }
  }
  return bytes
}
