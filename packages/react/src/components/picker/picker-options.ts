import type { ModelInfo } from '@imrs/core'

import type { PresetInfo } from '../data/presets.ts'
import type { ShelfState } from '../data/shelf.ts'
import type { ImrsLabels } from '../shared/labels.ts'
import { priceLevelOf } from '../shared/price.ts'
import type { PriceLevel } from '../shared/price.ts'
import { searchWords } from './search.ts'

/** What a host says of a model, in place of what the list says. */
export interface ModelDescription {
  /** The search finds it by this name too. Default: its name in the list. */
  readonly name?: string | undefined
  /** The line below the name. Default: the provider, or what is wrong with the model. */
  readonly note?: string | undefined
  /** Whether it cannot be chosen. Default: whether it is unavailable. */
  readonly isDisabled?: boolean | undefined
}

export type DescribeModel = (model: ModelInfo) => ModelDescription | undefined

/** Something that can be chosen. */
export interface PickerOption {
  /** What is chosen: a model id, `auto` or `preset:<id>`. */
  readonly value: string
  readonly name: string
  readonly description: string | undefined
  /** Whether it is shown with its reason and cannot be chosen. */
  readonly isDisabled: boolean
  /** The line below the name, where the host gave one. */
  readonly note: string | undefined
  /** `undefined`: the router chooses. */
  readonly model: ModelInfo | undefined
  readonly isNew: boolean
  readonly priceLevel: PriceLevel | undefined
  /** Where it stands when nothing puts it further up: its provider. */
  readonly group: string
  readonly words: readonly string[]
}

export interface OptionSources {
  readonly models: readonly ModelInfo[]
  readonly newModelIds: ReadonlySet<string>
  readonly presets: readonly PresetInfo[]
  readonly offersAuto: boolean
  readonly describeModel?: DescribeModel | undefined
  readonly labels: ImrsLabels
}

/** Everything that can be chosen: the automatic ones, then the models by provider and name. */
export function optionsOf({
  models,
  newModelIds,
  presets,
  offersAuto,
  describeModel,
  labels,
}: OptionSources): readonly PickerOption[] {
  const { auto, autoDescription, automaticGroup: group } = labels
  const automatic = offersAuto
    ? [
        automaticOption({ value: 'auto', name: auto, description: autoDescription, group }),
        ...presets.map(({ id, display_name: name, description }) =>
          automaticOption({
            value: `preset:${id}`,
            name,
            description: description ?? undefined,
            group,
          }),
        ),
      ]
    : []
  const ofModels = models.map((model): PickerOption => {
    const { name = model.name, note, isDisabled } = describeModel?.(model) ?? {}
    return {
      value: model.id,
      name,
      description: model.description,
      note,
      isDisabled: isDisabled ?? model.status === 'unavailable',
      model,
      isNew: newModelIds.has(model.id),
      priceLevel: priceLevelOf(model),
      group: model.provider,
      words: searchWords(`${model.id} ${model.name} ${name} ${model.provider}`),
    }
  })
  return [...automatic, ...ofModels.toSorted(byGroupAndName)]
}

function automaticOption(
  option: Pick<PickerOption, 'value' | 'name' | 'description' | 'group'>,
): PickerOption {
  const words = searchWords(`${option.name} ${option.value}`)
  const fields = { model: undefined, isNew: false, priceLevel: undefined, words }
  return { ...option, ...fields, isDisabled: false, note: undefined }
}

const collator = new Intl.Collator('en', { numeric: true })

function byGroupAndName(left: PickerOption, right: PickerOption): number {
  return collator.compare(left.group, right.group) || collator.compare(left.name, right.name)
}

/** What of the options is asked for. */
export interface PickerFilters {
  readonly search: string
  /** A provider's name; empty: all. */
  readonly provider: string
  /** Models without all of these are left out. */
  readonly capabilities: readonly string[]
  readonly isFreeOnly: boolean
}

export const NO_FILTERS: PickerFilters = {
  search: '',
  provider: '',
  capabilities: [],
  isFreeOnly: false,
}

export function hasFilters({
  provider,
  capabilities,
  isFreeOnly,
}: Omit<PickerFilters, 'search'>): boolean {
  return provider !== '' || capabilities.length > 0 || isFreeOnly
}

/** Whether an option is among what is asked for, the search aside. */
export function fitsFilters(option: PickerOption, filters: PickerFilters): boolean {
  if (!hasFilters(filters)) return true
  const { model, group, priceLevel } = option
  if (model === undefined) return false
  if (filters.provider !== '' && group !== filters.provider) return false
  if (filters.isFreeOnly && priceLevel !== 'free') return false
  return filters.capabilities.every((capability) => model.capabilities.includes(capability))
}

/** A row of the list: the name of a group, or an option with its place among the options. */
export type PickerRow =
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'option'; readonly option: PickerOption; readonly index: number }

/** The rows of what is shown; each option once, in the first group that has it. */
export function rowsOf(
  options: readonly PickerOption[],
  { favourites, recent }: ShelfState,
  labels: ImrsLabels,
): readonly PickerRow[] {
  const groups = new Map<string, PickerOption[]>()
  const isAutomatic = (option: PickerOption): boolean => option.model === undefined
  const byValue = new Map(options.map((option) => [option.value, option]))
  const pick = (values: readonly string[]): PickerOption[] =>
    values.flatMap((value) => byValue.get(value) ?? [])
  groups.set(labels.automaticGroup, options.filter(isAutomatic))
  groups.set(labels.favouritesGroup, pick(favourites))
  groups.set(labels.recentGroup, pick(recent.filter((value) => !favourites.includes(value))))
  const placed = new Set([...groups.values()].flat())
  for (const option of options) {
    if (placed.has(option)) continue
    const group = groups.get(option.group)
    if (group === undefined) groups.set(option.group, [option])
    else group.push(option)
  }
  let index = 0
  return [...groups].flatMap(([name, members]): readonly PickerRow[] =>
    members.length === 0
      ? []
      : [
          { kind: 'group', name },
          ...members.map((option) => ({ kind: 'option', option, index: index++ }) as const),
        ],
  )
}
