import type { PreferenceResponse } from '@imrs/core'

import { keptIn, onPage } from '../client/client-storage.ts'
import type { Kept } from '../client/client-storage.ts'
import type { ClientContext } from '../client/imrs-client.ts'
import { callAll, createStore } from '../client/store.ts'
import type { OwnStore, Store } from '../client/store.ts'
import { ImrsClientError } from '../http/client-error.ts'
import { modelsStore } from '../models/models-store.ts'
import { isFixedModel } from './selection-state.ts'
import type { SelectionNotice, SelectionState } from './selection-state.ts'

/** {@link selectionStore}. */
export interface SelectionStore extends Store<SelectionState> {
  /**
   * Chooses a model id, `auto` or `preset:<id>` for the next requests. Seen at once here and in other
   * tabs; resolves when the server has heard or cannot be reached. A choice that the server refuses is
   * taken back, with a notice.
   */
  readonly select: (model: string) => Promise<void>
  /** Chooses what a `migration-offered` notice offers. */
  readonly accept: (notice: SelectionNotice) => Promise<void>
  readonly dismiss: (notice: SelectionNotice) => void
  /**
   * Sets what a lower price is worth, from 0 (quality only) to 1 (price only); `undefined` leaves it to
   * the service. Kept in this browser, the same in all of its tabs, and sent with each question that
   * `auto` or the default of the agent answers.
   */
  readonly setCostQuality: (costQuality: number | undefined) => void
}

interface KeptSelection extends Pick<SelectionState, 'isLocal'> {
  readonly model: string | null
  readonly costQuality?: number | undefined
}

/**
 * The user's choice: kept by the server, and in the storage for when that is down. When a list comes
 * in which the chosen model is missing, the choice follows it to its new name or falls back to the
 * default, and a notice says so.
 */
export function selectionStore(context: ClientContext): SelectionStore {
  const { store, follow, ...actions } = new Selection(context)
  const dismiss = (notice: SelectionNotice): void =>
    store.update({ notices: store.getSnapshot().notices.filter((each) => each !== notice) })
  return {
    ...store,
    ...actions,
    dismiss,
    accept: async (notice) => {
      dismiss(notice)
      if (notice.type === 'migration-offered') await follow(notice.to)
    },
  }
}

class Selection {
  readonly store: OwnStore<SelectionState>
  readonly #context: ClientContext
  readonly #kept: Kept<KeptSelection>
  /** Counts choices, so that a late answer to an earlier one changes nothing. */
  #turn = 0
  #checked: string | undefined

  constructor(context: ClientContext) {
    const preference = context.options.initialPreference
    this.#context = context
    this.#kept = keptIn(context.storage, context.keyOf('selection'), isKept)
    const initial: SelectionState = {
      model: preference?.model ?? undefined,
      isLoading: preference === undefined,
      isSaving: false,
      isLocal: false,
      costQuality: undefined,
      notices: [],
      error: undefined,
    }
    this.store = createStore(initial, () => this.#begin())
  }

  readonly select = async (model: string): Promise<void> => {
    const before = this.store.getSnapshot().model
    const turn = this.#choose(model, true)
    this.store.update({ isSaving: true, error: undefined, notices: [] })
    const answer = await this.#put(model)
    if (turn !== this.#turn) return
    this.store.update({ isSaving: false })
    if (!(answer instanceof ImrsClientError)) {
      this.#took(model, answer)
      return
    }
    const { message } = answer
    this.store.update({ error: answer })
    if (isRefusal(answer)) {
      this.#choose(before, this.store.getSnapshot().isLocal)
      this.#tell({ type: 'invalid-selection', from: model, to: before, message })
    } else {
      this.#tell({ type: 'not-saved', model, message })
    }
  }

  /** Chooses a model in place of one that is gone: without forgetting the notices. */
  readonly follow = async (model: string): Promise<void> => {
    const turn = this.#choose(model, true)
    const answer = await this.#put(model)
    if (turn === this.#turn && !(answer instanceof ImrsClientError)) {
      this.#choose(answer.model ?? model, false)
    }
  }

  readonly setCostQuality = (costQuality: number | undefined): void => this.#keep({ costQuality })

  #begin(): () => void {
    const kept = this.#kept.read()
    const { isLoading, model = null, isLocal } = this.store.getSnapshot()
    if (kept !== undefined) {
      this.#show(isLoading || kept.isLocal ? kept : { ...kept, model, isLocal })
    }
    if (kept?.isLocal === true) this.#sendAgain()
    // What the server rendered is what it would say.
    else if (isLoading) void this.#load()
    const models = this.#context.part(modelsStore)
    const stops = [
      models.subscribe(() => this.#check()),
      this.#kept.onForeignWrite(() => {
        const foreign = this.#kept.read()
        this.#turn += 1
        if (foreign !== undefined) this.#show(foreign)
      }),
      onPage('online', () => this.#sendAgain()),
    ]
    this.#check()
    return () => callAll(stops)
  }

  async #load(): Promise<void> {
    const turn = this.#turn
    try {
      const { model } = await this.#context.http.json<PreferenceResponse>('/api/preferences', {
        tries: 3,
      })
      if (turn === this.#turn) this.#choose(model ?? undefined, false)
    } catch (error) {
      if (error instanceof ImrsClientError) this.store.update({ error })
    }
    this.store.update({ isLoading: false })
    this.#check()
  }

  #sendAgain(): void {
    const { model, isLocal } = this.store.getSnapshot()
    if (isLocal && model !== undefined) void this.select(model)
  }

  #put(model: string): Promise<PreferenceResponse | ImrsClientError> {
    const request = { method: 'PUT', body: { model }, tries: 2 }
    return this.#context.http
      .json<PreferenceResponse>('/api/preferences', request)
      .catch((error: ImrsClientError) => error)
  }

  #show({ model, isLocal, costQuality }: KeptSelection): void {
    this.store.update({ model: model ?? undefined, isLocal, costQuality, isLoading: false })
  }

  #choose(model: string | undefined, isLocal: boolean): number {
    this.#keep({ model, isLocal, isLoading: false })
    this.#turn += 1
    return this.#turn
  }

  #keep(change: Partial<SelectionState>): void {
    this.store.update(change)
    const { model = null, isLocal, costQuality } = this.store.getSnapshot()
    this.#kept.write({ model, isLocal, costQuality })
  }

  #took(from: string, { model }: PreferenceResponse): void {
    const to = model ?? from
    if (to !== from) this.#tell({ type: 'migrated', from, to })
    this.#choose(to, false)
  }

  #tell(notice: SelectionNotice): void {
    this.store.update({ notices: [...this.store.getSnapshot().notices, notice] })
  }

  /** Looks once whether the list has the chosen model. */
  #check(): void {
    const { models, isStale } = this.#context.part(modelsStore).getSnapshot()
    const { model, isLoading } = this.store.getSnapshot()
    if (isLoading || isStale || models.length === 0 || !isFixedModel(model)) return
    if (model === this.#checked || models.some(({ id }) => id === model)) return
    this.#checked = model
    void this.#migrate(model)
  }

  async #migrate(from: string): Promise<void> {
    const { migrations = [], defaultModel = 'auto' } = this.#context.options
    const migration = migrations.find(({ oldId }) => oldId === from)
    if (migration?.automaticMigration === true) {
      this.#tell({ type: 'migrated', from, to: migration.newId })
      await this.follow(migration.newId)
      return
    }
    const turn = this.#turn
    // The server knows aliases and migrations of its own.
    const answer = await this.#put(from)
    if (turn !== this.#turn) return
    if (!(answer instanceof ImrsClientError)) {
      this.#took(from, answer)
    } else if (isRefusal(answer)) {
      this.#tell({ type: 'invalid-selection', from, to: defaultModel, message: answer.message })
      if (migration !== undefined) {
        this.#tell({ type: 'migration-offered', from, to: migration.newId })
      }
      await this.follow(defaultModel)
    }
  }
}

/** Whether the server will not take this choice, now or later. */
function isRefusal({ code, status = 500 }: ImrsClientError): boolean {
  return (
    status < 500 && !['unauthenticated', 'forbidden', 'rate-limited', 'not-found'].includes(code)
  )
}

function isKept(value: unknown): value is KeptSelection {
  return (value as Partial<KeptSelection> | null)?.isLocal !== undefined
}
