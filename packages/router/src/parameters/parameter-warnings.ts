import type { WarningPart } from '@imrs/core'

import type { DroppedParameter } from './resolve-parameters.ts'

const NONE: readonly WarningPart[] = Object.freeze([])

/** What a person is told of parameters that did not go to the model as they were given; one part each. */
export function parameterWarnings(dropped: readonly DroppedParameter[]): readonly WarningPart[] {
  if (dropped.length === 0) return NONE
  return dropped.map(({ name, outcome, reason }) => ({
    type: 'warning',
    code: 'parameter-dropped',
    message: `${reason} "${name}" was ${OUTCOMES[outcome]}.`,
  }))
}

const OUTCOMES: Readonly<Record<DroppedParameter['outcome'], string>> = Object.freeze({
  'left-out': 'left out',
  lowered: 'lowered to that',
  shortened: 'sent without it',
})
