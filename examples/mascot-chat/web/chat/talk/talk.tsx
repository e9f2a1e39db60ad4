import { useChat } from '@imrs/react'
import { CostMeter, costOf } from '@imrs/react/components'
import { useRef } from 'react'
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
  const ask = (question: Parameters<typeof talk.send>[0]): void => {
    void talk.send(question)
    toEnd()
  }
  const openPicker = (): void =>
    dock.current?.querySelector<HTMLButtonElement>('[data-imrs="trigger"]')?.click()
  return (
    <>
      <main className="conversation" ref={area}>
        {isEmpty && <Greeting onAsk={ask} />}
        <Messages talk={talk} list={content} onChooseModel={openPicker} />
      </main>
      <footer className="dock" ref={dock}>
        {isAway && (
          <button className="to-latest" type="button" onClick={toEnd}>
            <Icon name="down" />
            Latest
          </button>
        )}
        <StatusLine />
        <Composer talk={talk} onSend={ask} box={box} />
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
