import { memo } from 'react'
import type { FunctionComponent, ReactElement, ReactNode } from 'react'

import { useImrsClient } from '../../hooks/model-provider.tsx'
import { useModels } from '../../hooks/use-models.ts'
import { useStore } from '../../hooks/use-store.ts'
import { shelf } from '../data/shelf.ts'
import { ModelComparison } from '../details/model-comparison.tsx'
import { ModelDetails } from '../details/model-details.tsx'
import { ToggleButton } from '../shared/parts.tsx'
import { MOST_COMPARED } from './use-picker.ts'
import type { Picker } from './use-picker.ts'

export interface PickerSideProps extends Pick<
  Picker,
  'labels' | 'shown' | 'compared' | 'toggleCompared'
> {
  /** In place of the details. */
  readonly children?: ReactNode
}

/** What is known of the option that was highlighted last, and what can be done with it. */
export const PickerSide: FunctionComponent<PickerSideProps> = memo(function PickerSide({
  labels,
  shown,
  compared,
  toggleCompared,
  children,
}: PickerSideProps): ReactElement {
  const { models } = useModels()
  const ownShelf = useImrsClient().part(shelf)
  const { favourites } = useStore(ownShelf)
  const model = shown?.model
  const sideBySide = compared.flatMap((id) => models.find((each) => each.id === id) ?? [])
  return (
    <section data-imrs="side" aria-label={labels.details}>
      {model !== undefined && (
        <div data-imrs="side-actions">
          <ToggleButton
            part="favourite"
            isOn={favourites.includes(model.id)}
            onClick={() => ownShelf.toggleFavourite(model.id)}
          >
            {labels.favourite}
          </ToggleButton>
          <ToggleButton
            part="compare"
            isOn={compared.includes(model.id)}
            disabled={compared.length === MOST_COMPARED && !compared.includes(model.id)}
            onClick={() => toggleCompared(model.id)}
          >
            {labels.compare}
          </ToggleButton>
        </div>
      )}
      {compared.length === 1 && <p data-imrs="hint">{labels.compareHint}</p>}
      {sideBySide.length > 1 ? (
        <ModelComparison models={sideBySide} labels={labels} onRemove={toggleCompared} />
      ) : (
        (children ??
        (shown === undefined ? null : model === undefined ? (
          <p data-imrs="auto-description">{shown.description}</p>
        ) : (
          <ModelDetails model={model} labels={labels} />
        )))
      )}
    </section>
  )
})
