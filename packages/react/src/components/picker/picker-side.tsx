import type { ReactElement, ReactNode } from 'react'

import { ModelComparison } from '../details/model-comparison.tsx'
import { ModelDetails } from '../details/model-details.tsx'
import { ToggleButton } from '../shared/parts.tsx'
import { MOST_COMPARED } from './use-picker.ts'
import type { Picker } from './use-picker.ts'

/** What is known of the option that was highlighted last, and what can be done with it. */
export function PickerSide({
  picker,
  children,
}: {
  readonly picker: Picker
  /** In place of the details. */
  readonly children?: ReactNode
}): ReactElement {
  const { labels, shown, shelf, toggleFavourite, compared, toggleCompared, catalogue } = picker
  const model = shown?.model
  const byId = new Map(catalogue.models.map((each) => [each.id, each]))
  const sideBySide = compared.flatMap((id) => byId.get(id) ?? [])
  return (
    <section data-imrs="side" aria-label={labels.details}>
      {model !== undefined && (
        <div data-imrs="side-actions">
          <ToggleButton
            part="favourite"
            isOn={shelf.favourites.includes(model.id)}
            onClick={() => toggleFavourite(model.id)}
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
}
