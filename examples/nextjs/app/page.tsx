'use client'

import { useChat } from '@imrs/react'
import { DecisionChip, FeedbackButtons, ModelPicker } from '@imrs/react/components'

export default function Page() {
  const { messages, send, status, chat } = useChat()
  return (
    <main>
      <ModelPicker chat={chat} />
      {messages.map((each) =>
        each.role === 'user' ? (
          <p key={each.id}>{typeof each.content === 'string' && each.content}</p>
        ) : (
          <article key={each.id} data-state={each.status}>
            {each.decision && <DecisionChip decision={each.decision} fallbacks={each.fallbacks} />}
            <p>{each.text}</p>
            {each.failure && <p role="alert">{each.failure.message}</p>}
            {each.messageId && <FeedbackButtons messageId={each.messageId} />}
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
