import { Slider } from '@base-ui/react/slider'
import type { ReactElement } from 'react'

import { useModel } from '../../hooks/use-model.ts'
import { withLabels } from '../shared/labels.ts'
import type { LabelsProps } from '../shared/labels.ts'

export interface CostQualityDialProps extends LabelsProps {
  readonly className?: string | undefined
}

/** Where the thumb rests while nobody has said anything. */
const MIDDLE = 0.5

/**
 * What a lower price is worth to the automatic choice, from 0 (quality only) to 1 (price only): a
 * slider whose position is kept in this browser and goes with each question that *Auto* or the
 * default of the agent answers. Turning it while a model is chosen, or a preset, chooses *Auto*.
 */
export function CostQualityDial({ labels: some, className }: CostQualityDialProps): ReactElement {
  const labels = withLabels(some)
  const { model, select, costQuality, setCostQuality } = useModel()
  const isUnset = costQuality === undefined
  const text = isUnset ? labels.dialUnset : labels.dialAt(costQuality)
  const isForAuto = model === undefined || model === 'auto'
  return (
    <Slider.Root
      data-imrs="dial"
      data-unset={isUnset ? '' : undefined}
      className={className}
      min={0}
      max={1}
      step={0.1}
      largeStep={0.2}
      value={costQuality ?? MIDDLE}
      onValueChange={setCostQuality}
      // Also where it rested at what is chosen now, which is no change.
      onValueCommitted={(value) => {
        setCostQuality(value)
        if (!isForAuto) void select('auto')
      }}
    >
      <Slider.Label data-imrs="dial-label">{labels.dial}</Slider.Label>
      <span aria-hidden="true">{labels.dialQuality}</span>
      <Slider.Control data-imrs="dial-control">
        <Slider.Track data-imrs="dial-track">
          {!isUnset && <Slider.Indicator data-imrs="dial-indicator" />}
          <Slider.Thumb data-imrs="dial-thumb" getAriaValueText={() => text} />
        </Slider.Track>
      </Slider.Control>
      <span aria-hidden="true">{labels.dialPrice}</span>
      <span data-imrs="dial-value">{text}</span>
      {!isUnset && (
        <button type="button" data-imrs="dial-reset" onClick={() => setCostQuality(undefined)}>
          {labels.dialReset}
        </button>
      )}
      {!isForAuto && <span data-imrs="dial-note">{labels.dialChoosesAuto}</span>}
    </Slider.Root>
  )
}
