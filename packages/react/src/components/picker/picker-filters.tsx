import { memo, useMemo } from 'react'
import type { FunctionComponent, ReactElement } from 'react'

import { ToggleButton } from '../shared/parts.tsx'
import { CostQualityDial } from './cost-quality-dial.tsx'
import { hasFilters } from './picker-options.ts'
import type { PickerFilters } from './picker-options.ts'
import type { Picker } from './use-picker.ts'

export interface PickerFilterBarProps
  extends Pick<Picker, 'labels' | 'filter' | 'options'>, Omit<PickerFilters, 'search'> {
  readonly offersAuto: boolean
}

/** Which of all models are shown, and the dial of the automatic choice. It takes no part in typing. */
export const PickerFilterBar: FunctionComponent<PickerFilterBarProps> = memo(
  function PickerFilterBar({ offersAuto, ...props }: PickerFilterBarProps): ReactElement {
    const { labels, filter, options } = props
    const providers = useMemo(() => unique(options.flatMap(providerOf)), [options])
    return (
      <div data-imrs="filters">
        {offersAuto && <CostQualityDial labels={labels} />}
        <label data-imrs="provider-filter">
          <span>{labels.provider}</span>
          <select
            value={props.provider}
            onChange={(event) => filter({ provider: event.target.value })}
          >
            <option value="">{labels.allProviders}</option>
            {providers.map((provider) => (
              <option key={provider}>{provider}</option>
            ))}
          </select>
        </label>
        <Toggles {...props} />
        {hasFilters(props) && (
          <button
            type="button"
            data-imrs="clear-filters"
            onClick={() => filter({ provider: '', capabilities: [], isFreeOnly: false })}
          >
            {labels.clearFilters}
          </button>
        )}
      </div>
    )
  },
)

function Toggles({
  labels,
  filter,
  options,
  ...filters
}: Omit<PickerFilterBarProps, 'offersAuto'>): ReactElement {
  const capabilities = useMemo(
    () => unique(options.flatMap(({ model }) => model?.capabilities ?? [])),
    [options],
  )
  const toggle = (capability: string): void => {
    const without = filters.capabilities.filter((each) => each !== capability)
    const isOff = without.length === filters.capabilities.length
    filter({ capabilities: isOff ? [...without, capability] : without })
  }
  return (
    <div data-imrs="toggles" role="group" aria-label={labels.capabilities}>
      <ToggleButton
        part="toggle"
        isOn={filters.isFreeOnly}
        onClick={() => filter({ isFreeOnly: !filters.isFreeOnly })}
      >
        {labels.freeOnly}
      </ToggleButton>
      {capabilities
        .filter((capability) => capability !== 'text')
        .map((capability) => (
          <ToggleButton
            key={capability}
            part="toggle"
            isOn={filters.capabilities.includes(capability)}
            onClick={() => toggle(capability)}
          >
            {labels.capability(capability)}
          </ToggleButton>
        ))}
    </div>
  )
}

function providerOf({ model }: Picker['options'][number]): readonly string[] {
  return model === undefined ? [] : [model.provider]
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted((left, right) => left.localeCompare(right))
}
