import type { AnswerPart, ChatMessage, UsagePart } from '@imrs/core'
import type { Router } from '@imrs/router'

import { printable } from '../print/printable.ts'
import type { RequestChoice } from './chat-request.ts'
import type { CommandContext } from './command-context.ts'
import { ratingCommand } from './rating-command.ts'
import type { AskedWith } from './rating-command.ts'

/** One question to a router. */
export interface ChatTurn {
  readonly router: Router
  readonly request: RequestChoice
  readonly messages: readonly ChatMessage[]
  readonly askedWith: AskedWith
}

/** What came of it. */
export interface GivenAnswer {
  readonly text: string
  /** Why it broke; `undefined` for a whole answer. */
  readonly failure?: string | undefined
}

/** What is known of an answer. */
interface Heard {
  readonly text: string
  readonly notes: readonly string[]
  readonly decision?: Extract<AnswerPart, { type: 'decision' }> | undefined
  readonly usage?: UsagePart | undefined
  readonly end?: Extract<AnswerPart, { type: 'end' }> | undefined
  readonly error?: Extract<AnswerPart, { type: 'error' }> | undefined
}

/**
 * Asks and streams the answer: text to the standard output, all else to the standard error output.
 * With `--json`, one object is printed at the end, also of an answer that broke.
 */
export async function answerOnce(context: CommandContext, turn: ChatTurn): Promise<GivenAnswer> {
  const { router, request, messages } = turn
  const answer = await router.chat({ ...request, messages }, { signal: context.signal })
  let heard: Heard = { text: '', notes: [] }
  for await (const part of answer.parts) {
    if (!context.isJson) await tell(context, part)
    heard = hear(heard, part)
  }
  await conclude(context, { ...heard, messageId: answer.messageId, askedWith: turn.askedWith })
  return { text: heard.text, failure: heard.error?.message }
}

/** What is known of an answer that is over. */
interface Over extends Heard {
  readonly messageId: string
  readonly askedWith: AskedWith
}

async function conclude(context: CommandContext, over: Over): Promise<void> {
  const { askedWith, messageId, ...heard } = over
  const { end, decision, usage, text } = heard
  if (context.isJson) {
    const model = end?.model ?? decision?.model
    const value = { messageId, model, ...heard, usage: usage?.usage, costUsd: usage?.costUsd }
    await context.print(value, () => '')
    return
  }
  if (text !== '' && !text.endsWith('\n')) await context.stdout.write('\n')
  if (end === undefined) return
  await context.say(
    `Answered by ${end.model} in ${Math.round(end.totalMs)} ms. Rate it: ${ratingCommand(end.messageId, askedWith)}`,
  )
}

function hear(heard: Heard, part: AnswerPart): Heard {
  switch (part.type) {
    case 'text-delta':
      return { ...heard, text: heard.text + part.text }
    case 'decision':
      return { ...heard, decision: part }
    case 'fallback':
      return { ...heard, notes: [...heard.notes, part.reason] }
    case 'warning':
      return { ...heard, notes: [...heard.notes, part.message] }
    case 'usage':
    case 'end':
    case 'error':
      return { ...heard, [part.type]: part }
    case 'reasoning-delta':
    case 'reasoning-end':
    case 'tool-call':
      return heard
  }
}

async function tell(context: CommandContext, part: AnswerPart): Promise<void> {
  const { stdout } = context
  if (part.type === 'text-delta') {
    await stdout.write(stdout.isTerminal ? printable(part.text) : part.text)
  }
  if (part.type === 'decision' || part.type === 'fallback') await context.say(part.reason)
  if (part.type === 'warning') await context.say(part.message)
}
