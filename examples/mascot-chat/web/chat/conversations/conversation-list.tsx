import { useStore } from '@imrs/react'
import { useState } from 'react'
import type { ReactElement } from 'react'

import { Icon } from '../ui/icon.tsx'
import { useConversations } from './conversations-context.tsx'
import type { ConversationMeta } from './stored-conversation.ts'

/** All conversations: to open, name or delete. `onOpen` hears when one was opened. */
export function ConversationList({ onOpen }: { readonly onOpen: () => void }): ReactElement {
  const conversations = useConversations()
  const { list, deleted } = useStore(conversations.store)
  return (
    <>
      <button
        className="quiet-button new-chat"
        type="button"
        onClick={() => {
          conversations.begin()
          onOpen()
        }}
      >
        <Icon name="plus" />
        New chat
      </button>
      {list.length === 0 ? (
        <p className="chats-empty">What you ask is kept here, in this browser.</p>
      ) : (
        <ul className="chats" aria-label="Conversations">
          {list.map((meta) => (
            <Item key={meta.id} meta={meta} onOpen={onOpen} />
          ))}
        </ul>
      )}
      <p className="chats-deleted" role="status">
        {deleted !== undefined && (
          <>
            “{deleted.title}” was deleted.{' '}
            <button className="link-button" type="button" onClick={conversations.undoRemove}>
              Undo
            </button>
          </>
        )}
      </p>
    </>
  )
}

interface ItemProps {
  readonly meta: ConversationMeta
  readonly onOpen: () => void
}

function Item({ meta, onOpen }: ItemProps): ReactElement {
  const conversations = useConversations()
  const { activeId } = useStore(conversations.store)
  const [isNaming, setNaming] = useState(false)
  const { id, title } = meta
  if (isNaming) return <NameForm meta={meta} onEnd={() => setNaming(false)} />
  return (
    <li className="chat-item" data-active={id === activeId ? '' : undefined}>
      <button
        className="chat-open"
        type="button"
        aria-current={id === activeId ? 'true' : undefined}
        onClick={() => {
          conversations.open(id)
          onOpen()
        }}
      >
        {title}
      </button>
      <button type="button" aria-label={`Rename ${title}`} onClick={() => setNaming(true)}>
        <Icon name="pen" />
      </button>
      <button type="button" aria-label={`Delete ${title}`} onClick={() => conversations.remove(id)}>
        <Icon name="bin" />
      </button>
    </li>
  )
}

function NameForm({
  meta: { id, title },
  onEnd,
}: {
  readonly meta: ConversationMeta
  readonly onEnd: () => void
}): ReactElement {
  const conversations = useConversations()
  const [name, setName] = useState(title)
  return (
    <li className="chat-item">
      <form
        className="chat-naming"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') conversations.rename(id, name.trim())
          onEnd()
        }}
        onKeyDown={(event) => event.key === 'Escape' && onEnd()}
      >
        <input
          aria-label="Name of the conversation"
          // Who asked to name it writes next.
          ref={(input) => input?.focus()}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
        <button className="quiet-button" type="submit">
          Save
        </button>
      </form>
    </li>
  )
}
