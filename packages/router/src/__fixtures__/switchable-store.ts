import type { CallOptions, LedgerBatch, Store } from '@imrs/core'
import { ImrsError } from '@imrs/core'

/** How a store behaves: as it is, as one that cannot be reached, as one that never answers. */
export type StoreState = 'up' | 'down' | 'hanging'

/** A real store, between which and its user something can go wrong. */
export interface SwitchableStore {
  readonly store: Store
  state: StoreState
  /** Batches that the database refuses for what is in them. Default: none. */
  refuses: (batch: LedgerBatch) => boolean
  /** Batches for which the database takes longer than anyone waits. Default: none. */
  isTooMuch: (batch: LedgerBatch) => boolean
  /** Waited for before records are written. Default: nothing. */
  gate: Promise<unknown> | undefined
  /** How many transactions of records wait at the gate. */
  atGate: number
  /** Called after each transaction that wrote records. */
  afterTransaction: () => void
  /** How many records each transaction wrote that went well, in order. */
  readonly transactions: readonly number[]
  /** Ids of the messages written, in order. */
  readonly messageIds: readonly string[]
}

/** Puts a switch before every repository of a store; calls that pass go to the store itself. */
export function switchableStore(inner: Store): SwitchableStore {
  const transactions: number[] = []
  const messageIds: string[] = []
  const pass = async (options?: CallOptions): Promise<void> => {
    if (switchable.state === 'down') {
      throw new ImrsError('store-unavailable', 'The store was switched off')
    }
    if (switchable.state === 'hanging') await aborted(options?.signal)
  }
  const guarded = <Repository extends object>(repository: Repository): Repository => {
    const methods = Object.entries(repository).map(([name, method]: [string, unknown]) => {
      if (typeof method !== 'function') return [name, method]
      const call = async (...input: unknown[]): Promise<unknown> => {
        await pass(input.at(-1) as CallOptions | undefined)
        return Reflect.apply(method, repository, input) as unknown
      }
      return [name, call]
    })
    return Object.fromEntries(methods) as Repository
  }
  const ledger: Store['ledger'] = {
    ...guarded(inner.ledger),
    append: async (batch, options) => {
      switchable.atGate += 1
      await switchable.gate
      switchable.atGate -= 1
      await pass(options)
      if (switchable.isTooMuch(batch)) await aborted(options?.signal)
      if (switchable.refuses(batch)) throw new ImrsError('internal', 'A constraint was violated')
      await inner.ledger.append(batch, options)
      transactions.push(batch.messages.length)
      messageIds.push(...batch.messages.map(({ id }) => id))
      switchable.afterTransaction()
    },
  }
  const members = Object.entries(inner).map(([name, member]: [string, unknown]) => [
    name,
    typeof member === 'object' && member !== null ? guarded(member) : member,
  ])
  const store: Store = { ...(Object.fromEntries(members) as Store), ledger }
  const switchable: SwitchableStore = {
    store,
    state: 'up',
    refuses: () => false,
    isTooMuch: () => false,
    gate: undefined,
    atGate: 0,
    afterTransaction: () => undefined,
    transactions,
    messageIds,
  }
  return switchable
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
