import type {
  ImportedAgentModel,
  ImportedAlias,
  ImportedModel,
  ImportSource,
  NeededProvider,
  RefusedRow,
  UsedRow,
} from '../import-source.ts'

/** Collects what the rows of a source say, each row once. */
export class SourceBuilder {
  readonly #models = new Map<string, ImportedModel>()
  readonly #aliases = new Map<string, ImportedAlias>()
  readonly #agentModels: ImportedAgentModel[] = []
  readonly #providers = new Map<string, NeededProvider>()
  readonly #used: UsedRow[] = []
  readonly #refused: RefusedRow[] = []

  /** The model of this id that an earlier row gave. */
  modelOf(modelId: string): ImportedModel | undefined {
    return this.#models.get(modelId)
  }

  /** Keeps the model; of two with one id the first. */
  addModel(model: ImportedModel): void {
    const id = idOf(model)
    if (!this.#models.has(id)) this.#models.set(id, model)
    this.needProvider({ id: model.providerId })
  }

  /** Says more of a model that is there. */
  amendModel(modelId: string, fields: Partial<ImportedModel>): void {
    const model = this.#models.get(modelId)
    if (model !== undefined) this.#models.set(modelId, { ...model, ...fields })
  }

  /** Says more of a provider: what is known stays. */
  needProvider(provider: NeededProvider): void {
    this.#providers.set(provider.id, { ...provider, ...this.#providers.get(provider.id) })
  }

  /** What the name already means, or `undefined` after it was given this meaning. */
  addAlias(alias: ImportedAlias): ImportedAlias | undefined {
    const known = this.#aliases.get(alias.name)
    if (known !== undefined) return known
    this.#aliases.set(alias.name, alias)
    return undefined
  }

  /** Adds an alias that comes with a model; a name that is taken gives a note. */
  nameModel(row: string, name: string, target: string): readonly string[] {
    if (name === target) return []
    const taken = this.addAlias({ row, name, target, reason: 'alias', isAutomatic: true })
    if (taken === undefined || taken.target === target) return []
    return [`The name it goes by already means ${taken.target}; ask for ${target} by its id.`]
  }

  aliasOf(name: string): ImportedAlias | undefined {
    return this.#aliases.get(name)
  }

  addAgentModel(agentModel: ImportedAgentModel): void {
    this.#agentModels.push(agentModel)
  }

  use(row: string, notes: readonly string[] = []): void {
    this.#used.push({ row, notes })
  }

  refuse(row: string, reason: string): void {
    this.#refused.push({ row, reason })
  }

  build(kind: string, defaultModel?: string): ImportSource {
    return {
      kind,
      models: [...this.#models.values()],
      aliases: [...this.#aliases.values()],
      agentModels: this.#agentModels,
      providers: [...this.#providers.values()],
      ...(defaultModel === undefined ? {} : { defaultModel }),
      used: this.#used,
      refused: this.#refused,
    }
  }
}

/** The id a model will have in the catalogue. */
export function idOf(model: Pick<ImportedModel, 'providerId' | 'externalId'>): string {
  return `${model.providerId}/${model.externalId}`
}
