import { ImrsError } from '@imrs/core'

import type { DecisionInput } from '../decide/decision-input.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'
import { BUILT_IN_BOOK } from './preset-book.ts'
import type { CompiledPreset, PresetBook } from './preset-book.ts'

/** Names in a message; there may be a hundred. */
const NAMED = 20

/** The presets of a snapshot. */
export function presetsOf({ presets = BUILT_IN_BOOK }: RoutingSnapshot): PresetBook {
  return presets
}

/**
 * The preset that a request asks for, `undefined` when it asks for none.
 *
 * @throws ImrsError `unknown-preset` that names those there are.
 */
export function findPreset(
  snapshot: RoutingSnapshot,
  { preset }: Pick<DecisionInput, 'preset'>,
): CompiledPreset | undefined {
  if (preset === undefined) return undefined
  const book = presetsOf(snapshot)
  const found = book.compiled(preset, snapshot.models)
  if (found !== undefined) return found
  throw unknownPreset(
    preset,
    book.presets.map(({ id }) => id),
  )
}

/** The error for a preset that there is not. */
export function unknownPreset(presetId: string, known: readonly string[]): ImrsError {
  const left = known.length - NAMED
  const more = left > 0 ? ` and ${left} more` : ''
  return new ImrsError(
    'unknown-preset',
    `There is no preset ${JSON.stringify(presetId)}. There are: ${known.slice(0, NAMED).join(', ')}${more}.`,
    { field: 'model' },
  )
}
