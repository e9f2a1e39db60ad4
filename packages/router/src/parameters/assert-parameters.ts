import type { Model, ModelParameterSupport, ModelParameters, Provider } from '@imrs/core'
import { ImrsError } from '@imrs/core'

import { describeProblem, describeTaken } from './describe-problem.ts'
import { refusedParameter } from './refused-parameter.ts'

/** @throws ImrsError `unsupported-parameter` that names the first one the model does not take, and what it takes. */
export function assertTaken(
  parameters: ModelParameters,
  { model, support }: { readonly model: Model; readonly support: ModelParameterSupport },
): void {
  const found = refusedParameter(parameters, { support, defaults: {} })
  if (found === undefined) return
  const problem = describeProblem(model, found, support)
  const message = found.problem === 'unsupported' ? `${problem} ${describeTaken(support)}` : problem
  throw new ImrsError('unsupported-parameter', message.trim(), {
    field: `parameters.${found.name}`,
  })
}

/** @throws ImrsError for options that would never count: of a provider that is not there, or not the model's. */
export function assertProviderOptions(
  { providerOptions = {} }: ModelParameters,
  {
    model,
    providers,
  }: { readonly model: Model | undefined; readonly providers: readonly Provider[] },
): void {
  for (const id of Object.keys(providerOptions)) {
    const field = `parameters.providerOptions.${id}`
    if (!providers.some((provider) => provider.id === id)) {
      const ids = providers.map((provider) => provider.id).join(', ')
      const message = `There is no provider ${JSON.stringify(id)}. Valid ones: ${ids}.`
      throw new ImrsError('unknown-provider', message, { field })
    }
    if (model === undefined || model.providerId === id) continue
    const message = `\`${field}\` would never count: ${model.id} is a model of ${model.providerId}`
    throw new ImrsError('invalid-request', message, { field })
  }
}
