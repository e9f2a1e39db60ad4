import type { ModelInfo } from '@imrs/core'

import { modelsStore } from '../models/models-store.ts'
import type { SelectionState } from '../selection/selection-state.ts'
import { selectionStore } from '../selection/selection-store.ts'
import type { SelectionStore } from '../selection/selection-store.ts'
import { useImrsClient } from './model-provider.tsx'
import { useStore } from './use-store.ts'

/** What {@link useModel} gives. */
export interface UseModel extends SelectionState {
  /** The chosen model, when it is one and the list has it. */
  readonly modelInfo: ModelInfo | undefined
  readonly select: SelectionStore['select']
  readonly accept: SelectionStore['accept']
  readonly dismiss: SelectionStore['dismiss']
  readonly setCostQuality: SelectionStore['setCostQuality']
}

/** The model the user chose, for the next answer; kept over reloads, the same in all tabs. */
export function useModel(): UseModel {
  const client = useImrsClient()
  const selection = client.part(selectionStore)
  const state = useStore(selection)
  const { models } = useStore(client.part(modelsStore))
  const modelInfo = models.find(({ id }) => id === state.model)
  return { ...selection, ...state, modelInfo }
}
