import { useMemo } from 'react'
import type { ReactElement } from 'react'

import { ToggleButton } from '../shared/parts.tsx'
import { CostQualityDial } from './cost-quality-dial.tsx'
import { hasFilters } from './picker-options.ts'
import type { Picker } from './use-picker.ts'

/** Which of all models are shown, and the dial of the automatic choice. */
export function PickerFilterBar({
  picker,
  offersAuto,
}: {
  readonly picker: Picker
  readonly offersAuto: boolean
}): ReactElement {
  const { labels, filters, filter, options } = picker
  const providers = useMemo(() => unique(options.flatMap(providerOf)), [options])
  return (
    <div data-imrs="filters">
      {offersAuto && <CostQualityDial labels={labels} />}
      <label data-imrs="provider-filter">
        <span>{labels.provider}</span>
        <select
          value={filters.provider}
          onChange={(event) => filter({ provider: event.target.value })}
        >
          <option value="">{labels.allProviders}</option>
          {providers.map((provider) => (
            <option key={provider}>{provider}</option>
          ))}
        </select>
      </label>
      <Toggles picker={picker} />
      {hasFilters(filters) && (
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
}

function Toggles({ picker }: { readonly picker: Picker }): ReactElement {
  const { labels, filters, filter, options } = picker
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
