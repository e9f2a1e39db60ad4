import { useState } from 'react'
import type { ReactElement } from 'react'
import { createRoot } from 'react-dom/client'

import '@imrs/react/styles.css'
import {
  CostMeter,
  DecisionChip,
  FeedbackButtons,
  ModelPicker,
  ProviderHealthDashboard,
} from '../../components/index.ts'
import { ModelProvider, useChat } from '../../index.ts'
import type { AnswerEntry } from '../../index.ts'

function App(): ReactElement {
  return (
    <ModelProvider>
      <main>
        <h1>Chat</h1>
        <Talk />
        <h2>Providers</h2>
        <ProviderHealthDashboard />
      </main>
    </ModelProvider>
  )
}

function Talk(): ReactElement {
  const { messages, send, stop, status, chat } = useChat()
  const [text, setText] = useState('')
  return (
    <>
      <ModelPicker chat={chat} />
      {messages.map((entry) =>
        entry.role === 'user' ? (
          <p key={entry.id}>{typeof entry.content === 'string' ? entry.content : '(attachments)'}</p>
        ) : (
          <Answer key={entry.id} answer={entry} />
        ),
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setText('')
          void send(text)
        }}
      >
        <label>
          Message <input value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <button disabled={status !== 'idle'}>Send</button>
        <button type="button" disabled={status === 'idle'} onClick={stop}>
          Stop
        </button>
      </form>
      <CostMeter messages={messages} />
    </>
  )
}

function Answer({ answer }: { readonly answer: AnswerEntry }): ReactElement {
  const { decision, fallbacks, text, failure, messageId, status } = answer
  return (
    <section aria-label="Answer" data-state={status}>
      {decision !== undefined && <DecisionChip decision={decision} fallbacks={fallbacks} />}
      <p className="text">{text}</p>
      {failure !== undefined && <p role="alert">{failure.message}</p>}
      {status === 'done' && messageId !== undefined && <FeedbackButtons messageId={messageId} />}
    </section>
  )
}

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<App />)
