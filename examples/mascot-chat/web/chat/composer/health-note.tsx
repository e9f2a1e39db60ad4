import { useModel } from '@imrs/react'
import type { ReactElement } from 'react'

import { useConfig, useDirectory } from '../app/config.tsx'

/** A word of warning while the chosen model's provider has trouble. */
export function HealthNote(): ReactElement {
  const directory = useDirectory()
  const { model } = useModel()
  const { defaultModel } = useConfig()
  const health = directory.healthOf(model)
  const trouble =
    health === 'degraded' ? 'is having trouble' : health === 'error' ? 'is not reachable' : ''
  const name = directory.providerNameOf(model ?? defaultModel)
  return (
    <p className="health-note" id="health-note" role="status">
      {trouble !== '' && `${name} ${trouble} right now.`}
    </p>
  )
}
