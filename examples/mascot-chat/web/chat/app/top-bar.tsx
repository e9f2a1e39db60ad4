import { useChat } from '@imrs/react'
import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'

import { useActiveConversation } from '../conversations/conversations-context.tsx'
import { FiguresDialog } from '../figures/figures-dialog.tsx'
import { Mascot } from '../mascot/mascot.tsx'
import { Icon } from '../ui/icon.tsx'
import { useConfig } from './config.tsx'
import { moodOf } from './mood.ts'

/** The mascot with what it does now, and the buttons for all else. */
export function TopBar({ onShowChats }: { readonly onShowChats: () => void }): ReactElement {
  const { chat } = useActiveConversation()
  const { mood, text, spoken } = moodOf(useChat({ chat }))
  const [hasFigures, setFigures] = useState(false)
  return (
    <header className="top">
      <Banner />
      <div className="top-row">
        <button
          className="quiet-button show-chats"
          type="button"
          aria-label="Conversations"
          onClick={onShowChats}
        >
          <Icon name="list" />
        </button>
        <span className="top-mascot">
          <Mascot mood={mood} />
        </span>
        <div className="top-text">
          <h1>Pip</h1>
          <p>{text}</p>
        </div>
        <button className="quiet-button" type="button" onClick={() => setFigures(true)}>
          Figures
        </button>
      </div>
      <Announcer text={spoken} />
      <FiguresDialog isOpen={hasFigures} onClose={() => setFigures(false)} />
    </header>
  )
}

/** Says what happens; not what had happened when the page began. */
function Announcer({ text }: { readonly text: string }): ReactElement {
  const first = useRef(text)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    if (text !== first.current) setSpoken(text)
  }, [text])
  return (
    <p className="visually-hidden" role="status">
      {spoken}
    </p>
  )
}

/** Says that nobody real answers. */
function Banner(): ReactElement | null {
  const { isSimulator, keyVariables } = useConfig()
  if (!isSimulator) return null
  return (
    <p className="banner">
      <strong>Offline demo.</strong> A simulator plays all providers.
      <span className="banner-names">
        {' '}
        Real models need{' '}
        {keyVariables.map((name, index) => (
          <span key={name}>
            {index > 0 && ' or '}
            <code>{name}</code>
          </span>
        ))}
        .
      </span>
    </p>
  )
}
