import type { JsonObject, Model, ModelParameterName, ModelParameters } from '@imrs/core'
import { MODEL_PARAMETERS } from '@imrs/core'

import { describeProblem } from './describe-problem.ts'
import { fittedValue, problemOf } from './parameter-problem.ts'
import type { ParameterContext, ParameterValue } from './parameter-problem.ts'
import type { ParameterProfile } from './parameter-profile.ts'
import { mergedOptions, providerOptionsOf } from './provider-options.ts'
import { effortOf, willReason } from './reasoning-effort.ts'
import { PLAIN_PARAMETERS } from './refused-parameter.ts'

/** A parameter of the request that does not go to the model as it was given. */
export interface DroppedParameter {
  readonly name: ModelParameterName
  /** What is sent in its place; absent: nothing. */
  readonly sent?: ParameterValue
  /** One sentence for people: what the model takes. */
  readonly reason: string
}

/** The parameters of one call. */
export interface ResolvedParameters {
  readonly parameters: ModelParameters
  /** Of the request's own: nobody asked this model for a default. */
  readonly dropped: readonly DroppedParameter[]
}

/** What is asked for, and of whom. */
export interface ParameterSources {
  /** A whole request may be given; only its parameters are read. */
  readonly request: ModelParameters
  readonly model: Pick<Model, 'displayName' | 'providerId'>
  readonly profile: Pick<ParameterProfile, 'support' | 'defaults'>
}

/**
 * What a model is called with: the request's parameters over its defaults, each for itself, without
 * what the model does not take. Of `providerOptions` those of the model's provider are left.
 *
 * No value is changed to fit, but for a limit of the answer above the model's own, which is lowered to
 * it, an effort that the model does not have, for which the nearest is taken, and stop sequences of
 * white space, which are taken out; all of it is told. A default gives way to
 * what the request sets and the model does not take beside it. Pure; for a request that sets nothing
 * the result is ready.
 */
export function resolveParameters(
  sources: ParameterSources & { readonly profile: ParameterProfile },
): ResolvedParameters {
  return setsAny(sources.request) ? combineParameters(sources) : sources.profile.unasked
}

function setsAny(request: ModelParameters): boolean {
  for (const name of MODEL_PARAMETERS) if (request[name] !== undefined) return true
  return false
}

/** The same without the short cut. */
export function combineParameters(sources: ParameterSources): ResolvedParameters {
  const { request, model, profile } = sources
  const { support, defaults } = profile
  const taken: Partial<Record<ModelParameterName, ParameterValue>> = {}
  const dropped: DroppedParameter[] = []
  const effort = effortOf(request, profile)
  // Every value was some source's value of the same name.
  const beside = taken as ModelParameters
  const context = { support, isReasoning: willReason(effort, support), beside }
  for (const name of PLAIN_PARAMETERS) {
    const value = request[name]
    if (value === undefined) {
      const byDefault = name === 'reasoningEffort' ? effort : defaults[name]
      if (byDefault !== undefined && fitsIn({ name, value: byDefault, request }, context)) {
        taken[name] = byDefault
      }
      continue
    }
    const problem = problemOf(name, value, context)
    const own = support.parameters[name]
    const sent = fittedValue({ name, value, problem }, own)
    // Nothing needs to be said to a model that does not reason anyway.
    if (sent !== undefined && own.support !== 'unsupported') taken[name] = sent
    if (problem === undefined) continue
    const reason = describeProblem(model, { name, problem }, support)
    dropped.push({ name, reason, ...(sent === undefined ? {} : { sent }) })
  }
  const providerOptions = optionsOf(sources)
  return {
    parameters: providerOptions === undefined ? beside : { ...beside, providerOptions },
    dropped,
  }
}

interface DefaultValue {
  readonly name: ModelParameterName
  readonly value: ParameterValue
  readonly request: ModelParameters
}

/** Whether a default fits in with what is taken already, and with what the request has still to say. */
function fitsIn({ name, value, request }: DefaultValue, context: ParameterContext): boolean {
  const { parameters } = context.support
  for (const other of PLAIN_PARAMETERS) {
    if (request[other] !== undefined && parameters[other].notBeside === name) return false
  }
  return problemOf(name, value, context) === undefined
}

function optionsOf({
  request,
  model: { providerId },
  profile: { defaults },
}: ParameterSources): Readonly<Record<string, JsonObject>> | undefined {
  const options = mergedOptions(
    providerOptionsOf(defaults, providerId),
    providerOptionsOf(request, providerId),
  )
  return options === undefined ? undefined : { [providerId]: options }
}
