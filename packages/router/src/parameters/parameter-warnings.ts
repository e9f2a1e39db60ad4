import type { WarningPart } from '@imrs/core'

import type { DroppedParameter } from './resolve-parameters.ts'

const NONE: readonly WarningPart[] = Object.freeze([])

/** What a person is told of parameters that did not go to the model as they were given; one part each. */
export function parameterWarnings(dropped: readonly DroppedParameter[]): readonly WarningPart[] {
  if (dropped.length === 0) return NONE
  return dropped.map((parameter) => ({
    type: 'warning',
    code: 'parameter-dropped',
    message: `${parameter.reason} "${parameter.name}" was ${outcomeOf(parameter)}.`,
  }))
}

function outcomeOf({ name, sent }: DroppedParameter): string {
  if (sent === undefined) return 'left out'
  if (name === 'maxOutputTokens') return 'lowered to that'
  return name === 'stop' ? 'sent without it' : `set to ${JSON.stringify(sent)}`
}
