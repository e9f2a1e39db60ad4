import { useCallback, useDeferredValue, useMemo, useState } from 'react'

import { useImrsClient } from '../../hooks/model-provider.tsx'
import { useModel } from '../../hooks/use-model.ts'
import type { UseModel } from '../../hooks/use-model.ts'
import { useModels } from '../../hooks/use-models.ts'
import type { UseModels } from '../../hooks/use-models.ts'
import { useStore } from '../../hooks/use-store.ts'
import { isFixedModel } from '../../selection/selection-state.ts'
import { presets } from '../data/presets.ts'
import type { PresetInfo } from '../data/presets.ts'
import { shelf } from '../data/shelf.ts'
import type { ShelfState } from '../data/shelf.ts'
import type { ImrsLabels } from '../shared/labels.ts'
import { NO_FILTERS, fitsFilters, optionsOf, rowsOf } from './picker-options.ts'
import type { DescribeModel, PickerFilters, PickerOption, PickerRow } from './picker-options.ts'
import { fitsSearch } from './search.ts'

export interface PickerOptions {
  readonly labels: ImrsLabels
  /** Whether *Auto* and the presets are offered. */
  readonly offersAuto: boolean
  /** Which models are offered. */
  readonly isOffered?: ((model: UseModels['models'][number]) => boolean) | undefined
  /** What is said of models in place of what the list says. */
  readonly describeModel?: DescribeModel | undefined
}

/** What the parts of an open picker share. */
export interface Picker {
  readonly labels: ImrsLabels
  readonly catalogue: UseModels
  readonly selection: UseModel
  readonly presets: readonly PresetInfo[]
  readonly shelf: ShelfState
  readonly toggleFavourite: (modelId: string) => void
  readonly options: readonly PickerOption[]
  readonly rows: readonly PickerRow[]
  /** The values of the options in `rows`, in that order. */
  readonly values: readonly string[]
  readonly filters: PickerFilters
  readonly filter: (change: Partial<PickerFilters>) => void
  /** What the details are shown of: highlighted last. */
  readonly shown: PickerOption | undefined
  readonly show: (value: string | undefined) => void
  /** Models to be compared, at most four. */
  readonly compared: readonly string[]
  readonly toggleCompared: (modelId: string) => void
  readonly choose: (value: string) => void
  /** The name of what can be chosen, or the value itself. */
  readonly nameOf: (value: string | undefined) => string
}

export const MOST_COMPARED = 4

/** Everything a picker knows and does, without how it looks. */
export function usePicker({ labels, offersAuto, isOffered, describeModel }: PickerOptions): Picker {
  const client = useImrsClient()
  const catalogue = useModels()
  const selection = useModel()
  const ownShelf = client.part(shelf)
  const shelfState = useStore(ownShelf)
  const { data: presetList = NO_PRESETS } = useStore(client.part(presets))
  const [filters, setFilters] = useState(NO_FILTERS)
  const [shownValue, show] = useState<string>()
  const [compared, setCompared] = useState<readonly string[]>([])
  // Typing is shown at once, and the list as soon as there is time.
  const asked = useDeferredValue(filters)

  const { models, newModelIds } = catalogue
  const options = useMemo(() => {
    const offered = isOffered === undefined ? models : models.filter(isOffered)
    const listed = { models: offered, newModelIds, presets: presetList }
    return optionsOf({ ...listed, offersAuto, describeModel, labels })
  }, [models, isOffered, newModelIds, presetList, offersAuto, describeModel, labels])
  const rows = useRows({ options, asked, shelf: shelfState, labels })
  const values = useMemo(() => rows.flatMap(valueOf), [rows])
  const names = useMemo(() => new Map(options.map(({ value, name }) => [value, name])), [options])
  const nameOf = useCallback(
    (value: string | undefined): string =>
      value === undefined ? labels.defaultModel : (names.get(value) ?? value),
    [names, labels],
  )
  const filter = useCallback(
    (change: Partial<PickerFilters>) => setFilters((before) => ({ ...before, ...change })),
    [],
  )
  const toggleCompared = useCallback((id: string) => setCompared(toggled(id)), [])
  // The list moves at once, and what stands beside it as soon as there is time.
  const shown = useDeferredValue(shownValue ?? selection.model)

  return {
    labels,
    catalogue,
    selection,
    presets: presetList,
    shelf: shelfState,
    toggleFavourite: ownShelf.toggleFavourite,
    options,
    rows,
    values,
    filters,
    filter,
    shown: options.find(({ value }) => value === shown),
    show,
    compared,
    toggleCompared,
    choose: (value) => {
      if (isFixedModel(value)) ownShelf.used(value)
      void selection.select(value)
    },
    nameOf,
  }
}

interface RowSources extends Pick<Picker, 'options' | 'shelf' | 'labels'> {
  readonly asked: PickerFilters
}

/** Also while the list is closed, so that the chosen option is known when it opens. */
function useRows({ options, asked, shelf: shelfState, labels }: RowSources): readonly PickerRow[] {
  return useMemo(() => {
    const fitting = options.filter(
      (option) => fitsFilters(option, asked) && fitsSearch(option.words, asked.search),
    )
    return rowsOf(fitting, shelfState, labels)
  }, [options, asked, shelfState, labels])
}

function valueOf(row: PickerRow): readonly string[] {
  return row.kind === 'option' ? [row.option.value] : []
}

const NO_PRESETS: readonly PresetInfo[] = []

function toggled(id: string): (before: readonly string[]) => readonly string[] {
  return (before) => {
    if (before.includes(id)) return before.filter((each) => each !== id)
    return before.length < MOST_COMPARED ? [...before, id] : before
  }
}
