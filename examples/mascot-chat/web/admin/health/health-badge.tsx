import type { ReactElement } from 'react'

import type { HealthWire } from '../api/wire.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'

const TONES: Readonly<Record<HealthWire['status'], Tone>> = {
  healthy: 'good',
  degraded: 'warning',
  down: 'bad',
}

/** How a provider is, in a word. */
export function HealthBadge({
  status,
}: {
  readonly status: HealthWire['status'] | undefined
}): ReactElement {
  if (status === undefined) return <Badge tone="quiet">not known yet</Badge>
  return <Badge tone={TONES[status]}>{status}</Badge>
}
