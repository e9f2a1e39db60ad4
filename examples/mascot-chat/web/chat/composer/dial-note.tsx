import { useModel } from '@imrs/react'
import { ENGLISH_LABELS } from '@imrs/react/components'
import type { ReactElement } from 'react'

/** Where the dial of *Auto* stands, which is turned in the picker; nothing while it was not, or is not asked. */
export function DialNote(): ReactElement | null {
  const { model, costQuality } = useModel()
  if (model !== 'auto' || costQuality === undefined) return null
  return <p className="dial-note">Auto: {ENGLISH_LABELS.dialAt(costQuality).toLowerCase()}</p>
}
