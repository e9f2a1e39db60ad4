import type { ReactElement } from 'react'

import { compact } from '../shared/formats.ts'
import type { ImrsLabels } from '../shared/labels.ts'
import { Badge, StatusDot, VisuallyHidden } from '../shared/parts.tsx'
import { PRICE_SIGNS } from '../shared/price.ts'
import type { PickerOption } from './picker-options.ts'

export interface OptionRowProps {
  readonly option: PickerOption
  readonly labels: ImrsLabels
}

/** What an option says of itself. Nothing in it can be pressed: an option may hold no button. */
export function OptionRow({ option, labels }: OptionRowProps): ReactElement {
  const { model, name, description, note, isNew, priceLevel } = option
  if (model === undefined) {
    return (
      <>
        <span data-imrs="option-name">{name}</span>
        <span data-imrs="option-note">{description}</span>
      </>
    )
  }
  const { status, contextMax, errorMessage } = model
  return (
    <>
      <span data-imrs="option-name">
        <StatusDot status={status} />
        <span data-imrs="option-title">{name}</span>
        {isNew && <Badge kind="new" text={labels.isNew} />}
        {status !== 'available' && <Badge kind={status} text={labels.status[status]} />}
      </span>
      <span data-imrs="option-facts">
        {priceLevel !== undefined && (
          <span data-imrs="option-price" data-price={priceLevel}>
            <span aria-hidden="true">{PRICE_SIGNS[priceLevel]}</span>
            <VisuallyHidden>{labels.price[priceLevel]}</VisuallyHidden>
          </span>
        )}
        {contextMax !== undefined && (
          <span data-imrs="option-context">
            {labels.tokens(compact(contextMax, labels.locale))}
          </span>
        )}
      </span>
      <span data-imrs="option-note">
        {note ?? (status === 'available' ? model.provider : (errorMessage ?? model.provider))}
      </span>
    </>
  )
}
