import type { ModelParameterName } from '../chat/model-parameters.ts'
import type { JsonObject } from '../json.ts'
import {
  FAMILY_PARAMETERS,
  HOST_PARAMETERS,
  NAMED_PARAMETERS,
  SUPPORTED,
  UNKNOWN,
  UNSUPPORTED,
} from './known-parameters.ts'
import type { NamedParameters } from './known-parameters.ts'
import type { Model } from './model.ts'
import type { ModelParameterSupport, ParameterSupport } from './parameter-support.ts'
import type { Provider, ProviderType } from './provider.ts'

type ParametersOf = Readonly<Record<ModelParameterName, ParameterSupport>>

/**
 * What a model takes, out of what is known of its provider's wire format, of its name and
 * capabilities, and of what its provider's list says. Pure, and cheap: microseconds.
 *
 * A model without its `metadata`, as `listRoutable` gives it, is one of which only that is not known.
 */
export function parameterSupportOf(
  model: Pick<
    Model,
    'externalId' | 'capabilities' | 'supportedParameters' | 'maxOutputTokens' | 'metadata'
  >,
  { providerType, apiBase }: Pick<Provider, 'providerType' | 'apiBase'>,
): ModelParameterSupport {
  const family = FAMILY_PARAMETERS[providerType]
  const named = namedParameters(model.externalId, providerType)
  const known = {
    ...family.always,
    ...(model.capabilities.includes('reasoning') ? family.reasoning : family.plain),
    ...HOST_PARAMETERS.get(hostOf(apiBase)),
    ...named?.parameters,
  }
  const listed = model.supportedParameters ?? []
  // An empty list is one that nobody filled in.
  const asListed = listed.length === 0 ? undefined : new Set(listed)
  const of = (name: ModelParameterName): ParameterSupport =>
    withListed(name, known[name] ?? UNKNOWN, asListed)
  const parameters: ParametersOf = {
    maxOutputTokens: withMax(of('maxOutputTokens'), model.maxOutputTokens),
    temperature: withMax(of('temperature'), maxTemperatureOf(model.metadata)),
    topP: of('topP'),
    stop: of('stop'),
    seed: of('seed'),
    reasoningEffort: of('reasoningEffort'),
    providerOptions: of('providerOptions'),
  }
  return { parameters, reasonsUnasked: named?.reasonsUnasked ?? false }
}

/** The words of lists; who lists any of them takes the parameter. */
const LISTED_AS: Readonly<Partial<Record<ModelParameterName, readonly string[]>>> = Object.freeze({
  maxOutputTokens: ['max_tokens', 'max_completion_tokens', 'max_output_tokens'],
  temperature: ['temperature'],
  topP: ['top_p'],
  stop: ['stop', 'stop_sequences'],
  seed: ['seed', 'random_seed'],
  reasoningEffort: ['reasoning', 'reasoning_effort'],
})

function withListed(
  name: ModelParameterName,
  known: ParameterSupport,
  listed: ReadonlySet<string> | undefined,
): ParameterSupport {
  const words = LISTED_AS[name]
  // What cannot be written into a request is not sent, whatever the list says.
  if (words === undefined || listed === undefined || known.support === 'unsupported') return known
  if (words.some((word) => listed.has(word))) {
    return known.support === 'supported' ? known : SUPPORTED
  }
  // Lists forget it, and a limit that somebody relies on is not left out on a guess.
  return name === 'maxOutputTokens' ? known : UNSUPPORTED
}

function withMax(known: ParameterSupport, max: number | undefined): ParameterSupport {
  return max === undefined || known.support === 'unsupported' ? known : { ...known, max }
}

/** Gemini's rows say it. */
function maxTemperatureOf({ maxTemperature }: JsonObject): number | undefined {
  return typeof maxTemperature === 'number' ? maxTemperature : undefined
}

function namedParameters(
  externalId: string,
  providerType: ProviderType,
): NamedParameters | undefined {
  const name = undated(externalId)
  return NAMED_PARAMETERS[providerType]?.find(({ pattern }) => pattern.test(name))
}

/** `gpt-5.1-2025-11-13` as `gpt-5.1`; of a fine-tuned model, `ft:gpt-4o:org::id`, what it is made of. */
function undated(externalId: string): string {
  const base = externalId.startsWith('ft:') ? (externalId.split(':')[1] ?? '') : externalId
  return base.replace(/-\d{4}-\d{2}-\d{2}$/u, '')
}

function hostOf(apiBase: string): string {
  return URL.parse(apiBase)?.hostname ?? ''
}
