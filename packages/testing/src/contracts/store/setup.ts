import type { ExperienceCell, Store } from '@imrs/core'
import { onTestFinished } from 'vitest'

/** A store to test, and what the suite may see of it behind the contract. */
export interface StoreUnderTest {
  /** Migrated and empty. */
  readonly store: Store
  /** Opens another store on the same data. Left out with the deviation `shared-data`. */
  readonly openAgain?: (() => Promise<Store>) | undefined
  /** The experience of all scopes, tenants and agents. Left out with `raw-experience`. */
  readonly allExperience?: (() => Promise<readonly ExperienceCell[]>) | undefined
  /** Called after the test, when the store was closed. */
  readonly dispose?: (() => Promise<void>) | undefined
}

/** What an implementation may leave out. */
export type StoreDeviation = 'shared-data' | 'raw-experience' | 'maintenance' | 'watch'

export interface StoreContractSetup {
  /** Stands in the names of the tests. */
  readonly name: string
  /** Opens a store of its own for one test. */
  readonly open: () => Promise<StoreUnderTest>
  /** How many random signals experience is tested with. Default: 600. */
  readonly randomOperations?: number | undefined
  /** What this implementation leaves out, each with the reason; its tests are skipped. */
  readonly without?: Readonly<Partial<Record<StoreDeviation, string>>> | undefined
}

/** Opens a store that is closed when the test ends. */
export async function openFor(setup: StoreContractSetup): Promise<StoreUnderTest> {
  const opened = await setup.open()
  onTestFinished(async () => {
    await opened.store.close()
    await opened.dispose?.()
  })
  return opened
}

/** The store alone, for tests that need nothing behind it. */
export async function openStore(setup: StoreContractSetup): Promise<Store> {
  return (await openFor(setup)).store
}

/** The error a promise rejects with; fails the test when it does not. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('expected a rejection')
}
