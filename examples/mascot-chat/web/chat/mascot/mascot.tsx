import type { ReactElement } from 'react'

import { THOUGHTS, BIRD } from './outlines.tsx'

export type Mood = 'idle' | 'thinking' | 'talking' | 'sorry'

const LABELS: Readonly<Record<Mood, string>> = {
  idle: 'Pip, the mascot',
  thinking: 'Pip, the mascot, is thinking',
  talking: 'Pip, the mascot, is talking',
  sorry: 'Pip, the mascot, is sorry',
}

/** Pip. How Pip moves is in `styles/mascot.css`; who asks for less motion sees the moods without it. */
export function Mascot({ mood }: { readonly mood: Mood }): ReactElement {
  return (
    <svg
      className="mascot"
      viewBox="0 0 120 120"
      role="img"
      aria-label={LABELS[mood]}
      data-state={mood}
    >
      <ellipse className="mascot-shadow" cx="60" cy="110" rx="30" ry="4.5" />
      {THOUGHTS}
      {BIRD}
    </svg>
  )
}
