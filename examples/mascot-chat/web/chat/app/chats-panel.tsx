import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'

import { ConversationList } from '../conversations/conversation-list.tsx'

interface ChatsPanelProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The conversations: beside the open one where there is room, in a dialog where there is none. */
export function ChatsPanel({ isOpen, onClose }: ChatsPanelProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <>
      <nav className="side" aria-label="Conversations">
        <ConversationList onOpen={onClose} />
      </nav>
      <dialog className="chats-dialog" aria-labelledby="chats-title" ref={dialog} onClose={onClose}>
        <h2 id="chats-title">Conversations</h2>
        {isOpen && <ConversationList onOpen={onClose} />}
        <button className="quiet-button" type="button" onClick={onClose}>
          Close
        </button>
      </dialog>
    </>
  )
}
