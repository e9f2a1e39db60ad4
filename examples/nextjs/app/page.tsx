'use client'

import { ModelProvider, useChat } from '@imrs/react'
import { DecisionChip, FeedbackButtons, ModelPicker } from '@imrs/react/components'
import type { ReactElement } from 'react'

export default function Page(): ReactElement {
  return (
    <ModelProvider>
      <Chat />
    </ModelProvider>
  )
}

function Chat(): ReactElement {
  const { messages, send, status, chat } = useChat()
  return (
    <main>
      <ModelPicker chat={chat} />
      {messages.map((entry) =>
        entry.role === 'user' ? (
          <p key={entry.id}>{typeof entry.content === 'string' && entry.content}</p>
        ) : (
          <article key={entry.id} data-state={entry.status}>
            {entry.decision && (
              <DecisionChip decision={entry.decision} fallbacks={entry.fallbacks} />
            )}
            <p>{entry.text}</p>
            {entry.failure && <p role="alert">{entry.failure.message}</p>}
            {entry.messageId && <FeedbackButtons messageId={entry.messageId} />}
          </article>
        ),
      )}
      <form action={(form) => void send(form.get('text') as string)}>
        <input name="text" aria-label="Message" required />
        <button disabled={status !== 'idle'}>Send</button>
      </form>
    </main>
  )
}
