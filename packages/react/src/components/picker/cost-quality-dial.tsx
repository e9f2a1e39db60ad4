import { useId } from 'react'
import type { ReactElement } from 'react'

import { useImrsClient } from '../../hooks/model-provider.tsx'
import { useModel } from '../../hooks/use-model.ts'
import { useStore } from '../../hooks/use-store.ts'
import { dialStopsOf, presets } from '../data/presets.ts'
import { withLabels } from '../shared/labels.ts'
import type { LabelsProps } from '../shared/labels.ts'

/**
 * What a lower price is worth to the automatic choice: a slider whose positions are the presets from
 * `best` to `cheapest`. Not there while the server offers fewer than two of them.
 */
export function CostQualityDial({ labels: some }: LabelsProps): ReactElement | null {
  const labels = withLabels(some)
  const { model, select } = useModel()
  const { data = [] } = useStore(useImrsClient().part(presets))
  const id = useId()
  const stops = dialStopsOf(data)
  if (stops.length < 2) return null
  const at = stops.findIndex((stop) => stop.model === model)
  const stop = stops[at]
  return (
    <div data-imrs="dial" data-unset={stop === undefined ? '' : undefined}>
      <label htmlFor={id}>{labels.dial}</label>
      <span aria-hidden="true">{labels.dialQuality}</span>
      <input
        id={id}
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={at === -1 ? 0 : at}
        aria-valuetext={stop?.name ?? labels.dialUnset}
        onChange={(event) => {
          const chosen = stops[Number(event.target.value)]
          if (chosen !== undefined) void select(chosen.model)
        }}
        // At its first position it changes nothing when that is what is meant.
        onClick={() => {
          if (stop === undefined && stops[0] !== undefined) void select(stops[0].model)
        }}
      />
      <span aria-hidden="true">{labels.dialPrice}</span>
      <output htmlFor={id}>{stop?.name ?? labels.dialUnset}</output>
    </div>
  )
}
