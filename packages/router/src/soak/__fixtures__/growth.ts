import { getEventListeners } from 'node:events'
import { readdirSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { queryObjects } from 'node:v8'

import { systemRuntime } from '@imrs/core'

import { LaneCall } from '../../attempt/lane-call.ts'
import { counted } from './counted.ts'
import type { Growth } from './messages.ts'

export interface GrowthOptions {
  readonly requests: number
  readonly signal: AbortSignal
  readonly breakers: number
  readonly answers: readonly WeakRef<object>[]
  /** Waits, for so long at most, until idle connections have been closed, milliseconds. */
  readonly settleMs: number
}

/** Measures what is left once everything is over that should be. Needs `--expose-gc`. */
export async function measureGrowth(options: GrowthOptions): Promise<Growth> {
  await settled(options.settleMs)
  await collected()
  await turnsTaken()
  const { heapUsed, external } = process.memoryUsage()
  return {
    requests: options.requests,
    heapBytes: heapUsed,
    externalBytes: external,
    resources: counted(process.getActiveResourcesInfo()),
    openFiles: openFiles(),
    signalListeners: getEventListeners(options.signal, 'abort').length,
    breakers: options.breakers,
    answersKept: options.answers.filter((answer) => answer.deref() !== undefined).length,
  }
}

/**
 * Counts the calls that can still be reached, and with each the answer it was made for. Nobody needs
 * them once they are over. Walks the whole heap: slow.
 */
export function countCallsKept(): number {
  return Number(queryObjects(LaneCall, { format: 'count' }))
}

async function collected(): Promise<void> {
  const { gc } = globalThis
  if (gc === undefined) throw new TypeError('Growth is measured with --expose-gc')
  // What a finaliser lets go of is free after the next round.
  for (let round = 0; round < 2; round += 1) {
    await systemRuntime.sleep(5)
    await gc({ type: 'major', execution: 'async' })
  }
}

/**
 * What was put off to the next turn, as clients of HTTP do when a socket closes, is no leak: it is
 * over in a turn or two. What puts itself off again and again is there still.
 */
async function turnsTaken(): Promise<void> {
  for (let turn = 0; turn < 5 && isPutOff(); turn += 1) await nextTurn()
}

function isPutOff(): boolean {
  return process.getActiveResourcesInfo().includes('Immediate')
}

/** Connections are kept for a few seconds, and each weighs some kilobytes. */
async function settled(longestMs: number): Promise<void> {
  const end = systemRuntime.monotonic() + longestMs
  const atRest = openFiles()
  for (let files = atRest; systemRuntime.monotonic() < end; files = openFiles()) {
    if (files < atRest / 3) return
    await systemRuntime.sleep(50)
  }
}

function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}
