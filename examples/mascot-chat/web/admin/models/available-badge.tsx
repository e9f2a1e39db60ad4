import type { ReactElement } from 'react'

import type { ModelWire } from '../api/wire.ts'
import { Badge } from '../ui/badge.tsx'

/** Whether a model can be used, and why not. */
export function AvailableBadge({
  model,
}: {
  readonly model: Pick<ModelWire, 'is_available' | 'unavailable_reason'>
}): ReactElement {
  if (model.is_available) return <Badge tone="good">available</Badge>
  return (
    <>
      <Badge tone="bad">unavailable</Badge>
      {model.unavailable_reason !== null && (
        <span className="quiet reason"> {model.unavailable_reason}</span>
      )}
    </>
  )
}
