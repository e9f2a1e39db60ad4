import '@imrs/react/styles.css'
import { ModelProvider, createImrsClient, useImrsClient } from '@imrs/react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'

import type { PageConfig } from '../../../src/page-config.ts'
import { Conversations } from '../conversations/conversation-store.ts'
import { ConversationsContext } from '../conversations/conversations-context.tsx'
import { Talk } from '../talk/talk.tsx'
import { ChatsPanel } from './chats-panel.tsx'
import { ConfigContext, DirectoryProvider, readConfig } from './config.tsx'
import { pageFetch } from './greeted-fetch.ts'
import { TopBar } from './top-bar.tsx'

/** The mascot chat, once it knows what the server offers. */
export function App(): ReactElement | null {
  const [config, setConfig] = useState<PageConfig>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    readConfig().then(setConfig, (error: Error) => setProblem(error.message))
  }, [])
  if (problem !== undefined) {
    return (
      <main className="page-failure" role="alert">
        <h1>Sorry, the page could not start</h1>
        <p>{problem}</p>
      </main>
    )
  }
  if (config === undefined) return null
  return (
    <ConfigContext value={config}>
      <Connected config={config} />
    </ConfigContext>
  )
}

function Connected({ config }: { readonly config: PageConfig }): ReactElement {
  const [client] = useState(() =>
    createImrsClient({
      defaultModel: config.defaultModel,
      storagePrefix: 'mascot-chat',
      fetch: pageFetch,
    }),
  )
  return (
    <ModelProvider client={client}>
      <DirectoryProvider>
        <Page />
      </DirectoryProvider>
    </ModelProvider>
  )
}

function Page(): ReactElement {
  const client = useImrsClient()
  const [conversations] = useState(() => new Conversations(client))
  const [hasChats, setChats] = useState(false)
  useEffect(() => conversations.watchPage(), [conversations])
  return (
    <ConversationsContext value={conversations}>
      <a className="skip-link" href="#message">
        Skip to the message box
      </a>
      <TopBar onShowChats={() => setChats(true)} />
      <div className="columns">
        <ChatsPanel isOpen={hasChats} onClose={() => setChats(false)} />
        <div className="column">
          <Talk />
        </div>
      </div>
    </ConversationsContext>
  )
}
