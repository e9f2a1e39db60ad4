import type { SimulatedCall } from '@imrs/testing/simulator'

import { requestNumberOf } from './fault-plan.ts'
import type { LedgerRow } from './ledger-rows.ts'

/** A row of the ledger, and the call that it is of. */
export interface Pair {
  readonly row: LedgerRow
  readonly call: SimulatedCall
}

export interface Pairing {
  readonly pairs: readonly Pair[]
  /** Of calls that never reached the simulator. */
  readonly unseen: readonly LedgerRow[]
  /** Calls of answers that were never recorded. */
  readonly unrecorded: readonly SimulatedCall[]
  readonly problems: readonly string[]
}

export interface PairingInput {
  readonly calls: readonly SimulatedCall[]
  readonly rows: readonly LedgerRow[]
  /** By request number: the message that it led to. */
  readonly messages: ReadonlyMap<number, string>
  /** Messages whose caller was never told the end: all of their calls may lack a row, or none. */
  readonly cutOff: ReadonlySet<string>
}

/** The catalogue id of the model that was called. */
export function modelIdOf({ dialect, model }: SimulatedCall): string {
  return `${dialect ?? ''}/${model ?? ''}`
}

/** Puts rows and calls together: by message and model; of several, in their order. */
export function pairUp({ calls, rows, messages, cutOff }: PairingInput): Pairing {
  const messageOf = (call: SimulatedCall): string => {
    const number = requestNumberOf(call) ?? -1
    return messages.get(number) ?? `request ${number}`
  }
  const rowsOf = Map.groupBy(rows, ({ messageId }) => messageId)
  const isUnrecorded = (call: SimulatedCall): boolean =>
    cutOff.has(messageOf(call)) && !rowsOf.has(messageOf(call))
  const recorded = calls.filter((call) => !isUnrecorded(call))
  const callsOf = Map.groupBy(recorded, (call) => `${messageOf(call)} ${modelIdOf(call)}`)
  const rowsOfModel = Map.groupBy(rows, ({ messageId, modelId }) => `${messageId} ${modelId}`)
  const groups = [...new Set([...rowsOfModel.keys(), ...callsOf.keys()])].map((name) =>
    pairGroup(name, rowsOfModel.get(name) ?? [], callsOf.get(name) ?? []),
  )
  return {
    pairs: groups.flatMap(({ pairs }) => pairs),
    unseen: groups.flatMap(({ unseen }) => unseen),
    problems: groups.flatMap(({ problems }) => problems),
    unrecorded: calls.filter(isUnrecorded),
  }
}

function pairGroup(
  name: string,
  rows: readonly LedgerRow[],
  calls: readonly SimulatedCall[],
): Omit<Pairing, 'unrecorded'> {
  const seen = withoutUnseen(rows, calls.length)
  const isEven = seen.length === calls.length
  return {
    pairs: seen.flatMap((row, index): readonly Pair[] => {
      const call = calls[index]
      return call === undefined ? [] : [{ row, call }]
    }),
    unseen: rows.filter((row) => !seen.includes(row)),
    problems: isEven ? [] : [`${name}: ${calls.length} calls, ${rows.length} rows`],
  }
}

/** Leaves out as many rows as there are calls too few, as far as they can be of calls nobody saw. */
function withoutUnseen(rows: readonly LedgerRow[], calls: number): readonly LedgerRow[] {
  let spare = rows.length - calls
  return rows.filter((row) => {
    if (spare <= 0 || !mayBeUnseen(row)) return true
    spare -= 1
    return false
  })
}

/**
 * Nothing of an answer had come, and we ended the call; or the connection did not take it: a server
 * closes one that is idle at the moment in which it is used again.
 */
function mayBeUnseen({ headersMs, outcome, failureKind, usageSource }: LedgerRow): boolean {
  const isOurs = outcome === 'aborted' || failureKind?.startsWith('timeout-') === true
  const isUnsent = isOurs || failureKind === 'connect'
  return isUnsent && headersMs === null && usageSource !== 'provider'
}
