import { useStore } from '@imrs/react'
import { createContext, useContext } from 'react'

import type { Conversations, OpenConversation } from './conversation-store.ts'

export const ConversationsContext = createContext<Conversations | undefined>(undefined)

export function useConversations(): Conversations {
  const conversations = useContext(ConversationsContext)
  if (conversations === undefined) throw new Error('There is no ConversationsContext above.')
  return conversations
}

/** The conversation that is shown. */
export function useActiveConversation(): OpenConversation & { readonly id: string } {
  const conversations = useConversations()
  const { activeId } = useStore(conversations.store)
  return { ...conversations.of(activeId), id: activeId }
}
