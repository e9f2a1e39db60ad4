import { useState } from 'react'

import { createChat } from '../chat/chat-store.ts'
import type { Chat, ChatOptions, ChatState } from '../chat/chat-store.ts'
import { selectionStore } from '../selection/selection-store.ts'
import { useImrsClient } from './model-provider.tsx'
import { useStore } from './use-store.ts'

/** What {@link useChat} gives. */
export interface UseChat extends ChatState {
  readonly send: Chat['send']
  readonly regenerate: Chat['regenerate']
  readonly giveToolResults: Chat['giveToolResults']
  readonly stop: Chat['stop']
  /** What answers next: the user's choice; `undefined` when nobody chose. */
  readonly nextModel: string | undefined
  /** The model of the answer that is being given, which it keeps; `undefined` when none is, or it is not decided. */
  readonly runningModel: { readonly id: string; readonly name: string } | undefined
  /** The conversation itself, to be shared with components or kept when this one is gone. */
  readonly chat: Chat
}

/**
 * A conversation. It begins with the component and, unless `chat` is given, ends with it; options are
 * looked at once. An answer that is being given goes on when the component is gone.
 */
export function useChat(options: ChatOptions & { readonly chat?: Chat | undefined } = {}): UseChat {
  const client = useImrsClient()
  const [own] = useState(() => options.chat ?? createChat(client, options))
  const chat = options.chat ?? own
  const state = useStore(chat)
  const { model: nextModel } = useStore(client.part(selectionStore))
  const { model: id, modelName } = state.running ?? {}
  const runningModel = id === undefined ? undefined : { id, name: modelName ?? id }
  return { ...chat, ...state, nextModel, runningModel, chat }
}
