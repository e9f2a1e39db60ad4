import type { Model } from '@imrs/core'

type Named = Pick<Model, 'externalId' | 'providerId'>

/** What a model is called, without the place where it lies. */
interface ModelName {
  readonly name: string
  /** Who made it, where the name says so: `openai` of `openai/gpt-5`. */
  readonly maker: string | undefined
}

/**
 * Which models are the same one at several providers, by row: the first row of each family.
 *
 * Two are the same when their external ids end in the same segment, whatever the case: `gpt-5` of
 * OpenAI, `openai/gpt-5` of OpenRouter. Where ids of that ending name different makers, as
 * `one/chat` and `other/chat` do, each maker's are a family, and an id that names none belongs to
 * the maker that its provider is called like, or else to the others that name none. Folders are no
 * makers: `models/…`, `accounts/<name>/models/…`.
 *
 * Aliases do not count: a name leads to one model. Versions and variants (`:free`, `-latest`, a date)
 * are models of their own. Models that have a name in common by accident are kept apart by different
 * priorities (see `spread`).
 */
export function familiesOf(models: readonly Named[]): Uint32Array {
  const names = models.map(({ externalId }) => nameOf(externalId))
  const makersOf = new Map<string, Set<string>>()
  for (const { name, maker } of names) {
    const makers = makersOf.get(name) ?? new Set()
    if (maker !== undefined) makers.add(maker)
    makersOf.set(name, makers)
  }
  const firstOf = new Map<string, number>()
  return Uint32Array.from(models, ({ providerId }, row) => {
    const { name, maker } = names[row] ?? { name: '', maker: undefined }
    const makers = makersOf.get(name) ?? new Set()
    const family = makers.size < 2 ? name : `${maker ?? ownMaker(makers, providerId)}/${name}`
    const first = firstOf.get(family) ?? row
    firstOf.set(family, first)
    return first
  })
}

function ownMaker(makers: ReadonlySet<string>, providerId: string): string {
  const provider = providerId.toLowerCase()
  return makers.has(provider) ? provider : ''
}

function nameOf(externalId: string): ModelName {
  const segments = externalId.toLowerCase().split('/')
  const name = segments.at(-1) ?? ''
  const maker = segments.at(-2)
  return { name, maker: maker === 'models' || maker === '' ? undefined : maker }
}
