import type { ImportPlan, MissingProvider } from '../import-plan.ts'
import type { ImportSource, NeededProvider } from '../import-source.ts'

/** Providers that `@imrs/providers` has a function for. */
const FACTORIES: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai()'],
  ['openrouter', 'openRouter()'],
  ['requesty', 'requesty()'],
  ['google', 'google()'],
])

/** Which providers are there, and what to do about those that are not. */
export function planProviders(
  source: ImportSource,
  known: ReadonlySet<string>,
): ImportPlan['providers'] {
  const waiting = new Map<string, number>()
  for (const { providerId } of source.models) {
    waiting.set(providerId, (waiting.get(providerId) ?? 0) + 1)
  }
  const needed = source.providers
    .filter(({ id }) => waiting.has(id))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
  return {
    present: needed.filter(({ id }) => known.has(id)).map(({ id }) => id),
    missing: needed
      .filter(({ id }) => !known.has(id))
      .map((provider) => toMissing(provider, waiting.get(provider.id) ?? 0)),
  }
}

function toMissing(provider: NeededProvider, models: number): MissingProvider {
  const key =
    provider.keyVariable === undefined ? '' : ` Its key was read from ${provider.keyVariable}.`
  const instruction = `Add \`${factoryOf(provider)}\` to \`providers\`, or create it at run time.${key}`
  return { ...provider, models, instruction }
}

function factoryOf({ id, apiBase }: NeededProvider): string {
  const own = FACTORIES.get(id)
  if (own !== undefined) return own
  const base = apiBase === undefined ? 'its base URL' : `'${apiBase}'`
  return `openaiCompatible({ id: '${id}', apiBase: ${base} })`
}
