import { useChat } from '@imrs/react'
import { CostMeter, costOf } from '@imrs/react/components'
import { useCallback, useRef } from 'react'
import type { ReactElement } from 'react'

import { useConfig } from '../app/config.tsx'
import { StatusLine } from '../app/status-line.tsx'
import { Composer } from '../composer/composer.tsx'
import { useActiveConversation } from '../conversations/conversations-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { Greeting } from './greeting.tsx'
import { Messages } from './messages.tsx'
import { useFollowEnd } from './use-follow-end.ts'

/** What the running total is compared with: the dearest of the six. */
const BASELINE = 'openai/gpt-4o'

/** The open conversation and the box to go on with it. */
export function Talk(): ReactElement {
  const { chat } = useActiveConversation()
  const talk = useChat({ chat })
  const { strategy } = useConfig()
  const { area, content, isAway, toEnd } = useFollowEnd()
  const box = useRef<HTMLTextAreaElement>(null)
  const dock = useRef<HTMLElement>(null)
  const isEmpty = talk.messages.length === 0
  const hasCosts = costOf(talk.messages).inputTokens > 0
  const ask = useCallback(
    (question: Parameters<typeof chat.send>[0]): void => {
      void chat.send(question)
      toEnd()
    },
    [chat, toEnd],
  )
  const askAgain = useCallback((model?: string) => void chat.regenerate({ model }), [chat])
  const openPicker = useCallback(
    () => dock.current?.querySelector<HTMLButtonElement>('[data-imrs="trigger"]')?.click(),
    [],
  )
  return (
    <>
      <main className="conversation" ref={area}>
        {isEmpty && <Greeting onAsk={ask} />}
        <Messages
          messages={talk.messages}
          status={talk.status}
          list={content}
          onAgain={askAgain}
          onChooseModel={openPicker}
        />
      </main>
      <footer className="dock" ref={dock}>
        {isAway && (
          <button className="to-latest" type="button" onClick={toEnd}>
            <Icon name="down" />
            Latest
          </button>
        )}
        <StatusLine />
        <Composer chat={chat} isAnswering={talk.status !== 'idle'} onSend={ask} box={box} />
        <div className="dock-foot">
          {hasCosts && <CostMeter messages={talk.messages} baselineModel={BASELINE} />}
          <p className="strategy">
            Auto uses the {strategy.name} strategy: {strategy.summary}.
          </p>
        </div>
      </footer>
    </>
  )
}
