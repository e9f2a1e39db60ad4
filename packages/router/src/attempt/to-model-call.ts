import type { Model, ModelCall, WarningPart } from '@imrs/core'

import { parameterWarnings } from '../parameters/parameter-warnings.ts'
import { resolveParameters } from '../parameters/resolve-parameters.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'

/** The request as one model gets it, and what the reader is told of the difference. */
export interface CallToModel {
  readonly call: ModelCall
  readonly warnings: readonly WarningPart[]
}

export function toModelCall({ request, snapshot }: PreparedRequest, model: Model): CallToModel {
  const row = snapshot.rowOf.get(model.id)
  const profile = row === undefined ? undefined : snapshot.parameterProfiles[row]
  if (profile === undefined) throw new TypeError(`${model.id} is no model of the snapshot`)
  const { parameters, dropped } = resolveParameters({ request, model, profile })
  return {
    call: {
      ...parameters,
      externalId: model.externalId,
      stream: request.stream ?? true,
      messages: request.messages,
      tools: request.tools,
      toolChoice: request.toolChoice,
      responseFormat: request.responseFormat,
    },
    warnings: parameterWarnings(dropped),
  }
}
