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
  /** Waited for before records are written. Default: nothing. */
  gate: Promise<unknown> | undefined
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
  const guarded = (repository: object): object =>
    new Proxy(repository, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return async (...input: unknown[]): Promise<unknown> => {
          await pass(input.at(-1) as CallOptions | undefined)
          return Reflect.apply(method, target, input) as unknown
        }
      },
    })
  const ledger: Store['ledger'] = {
    ...(guarded(inner.ledger) as Store['ledger']),
    append: async (batch, options) => {
      await switchable.gate
      await pass(options)
      if (switchable.refuses(batch)) throw new ImrsError('internal', 'A constraint was violated')
      await inner.ledger.append(batch, options)
      transactions.push(batch.messages.length)
      messageIds.push(...batch.messages.map(({ id }) => id))
      switchable.afterTransaction()
    },
  }
  const store = new Proxy(inner, {
    get: (target, name: keyof Store) => {
      const member = target[name]
      if (name === 'ledger') return ledger
      return typeof member === 'object' && name !== ('then' as string) ? guarded(member) : member
    },
  })
  const switchable: SwitchableStore = {
    store,
    state: 'up',
    refuses: () => false,
    gate: undefined,
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
