import { createInterface } from 'node:readline'

import type { ChatMessage } from '@imrs/core'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { text } from '../command/option.ts'
import { CommandError, UsageError } from '../command/usage-error.ts'
import { answerOnce } from '../context/answer-once.ts'
import type { ChatTurn } from '../context/answer-once.ts'
import { REQUEST_OPTIONS, requestOf } from '../context/chat-request.ts'
import type { RequestChoice } from '../context/chat-request.ts'
import type { CommandContext } from '../context/command-context.ts'
import { readAll } from '../context/read-all.ts'
import { assertAnyProvider, withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

/** `imrs chat` */
export const chatCommand: Command = defineCommand({
  name: 'chat',
  summary: 'asks, and streams the answer; without a text it talks, or reads a pipe',
  details:
    'Asks, and streams the answer to the standard output; who answers and why goes to the standard error output. Without a text it talks with whoever sits at a terminal until Ctrl-D, or asks what comes out of a pipe. `-` in the text stands for what comes out of the pipe.',
  parameters: [{ name: '[text...]', description: 'what is asked' }],
  options: {
    system: text('--system <text>', 'what the model is told first'),
    ...REQUEST_OPTIONS,
    ...ROUTER_OPTIONS,
  },
  run: async (context, { parameters, options }) => {
    const words = parameters.filter((word) => word !== undefined)
    const isTalk = words.length === 0 && context.stdin.isTTY === true
    if (isTalk && context.isJson) throw new UsageError('--json needs a text or a pipe')
    const question = isTalk ? '' : await questionOf(context, words)
    return withRouter(context, options, async (open) => {
      await assertAnyProvider(context, open)
      const { system } = options
      const before: readonly ChatMessage[] =
        system === undefined ? [] : [{ role: 'system', content: system }]
      const turn = { router: open.router, request: requestOf(options), askedWith: options }
      if (isTalk) return talk(context, turn, before)
      const messages = [...before, { role: 'user', content: question } as const]
      const { failure } = await answerOnce(context, { ...turn, messages })
      if (failure !== undefined) throw new CommandError(failure)
      return 0
    })
  },
})

async function questionOf(context: CommandContext, words: readonly string[]): Promise<string> {
  const isPiped = words.length === 0 || words.includes('-')
  const piped = isPiped && context.stdin.isTTY !== true ? await readAll(context) : ''
  const question =
    words.length === 0 ? piped : words.map((word) => (word === '-' ? piped : word)).join(' ')
  if (question.trim() !== '') return question.trim()
  throw new UsageError('There is nothing to ask: imrs chat "What is a monad?"')
}

/** Asks line by line until the input ends. A failed answer is told, and the next may be asked. */
async function talk(
  context: CommandContext,
  turn: Omit<ChatTurn, 'messages'> & { readonly request: RequestChoice },
  before: readonly ChatMessage[],
): Promise<number> {
  const { stdin, stderr, signal } = context
  const lines = createInterface({ input: stdin, terminal: false })
  // From here on no line is missed, however soon it comes.
  const typed = lines[Symbol.asyncIterator]()
  const stop = (): void => lines.close()
  signal.addEventListener('abort', stop, { once: true })
  let messages = before
  try {
    await context.say('Ctrl-D ends the conversation.')
    await stderr.write('> ')
    for await (const line of typed) {
      if (signal.aborted) break
      messages = await ask(context, turn, [...messages, { role: 'user', content: line.trim() }])
      await stderr.write('> ')
    }
  } finally {
    signal.removeEventListener('abort', stop)
    lines.close()
    stdin.destroy()
  }
  // What the shell says next begins on a line of its own.
  await stderr.write('\n')
  return 0
}

/** The conversation with the answer; without the question when there was none. */
async function ask(
  context: CommandContext,
  turn: Omit<ChatTurn, 'messages'>,
  messages: readonly ChatMessage[],
): Promise<readonly ChatMessage[]> {
  if (messages.at(-1)?.content === '') return messages.slice(0, -1)
  const { text: answer, failure } = await answerOnce(context, { ...turn, messages })
  if (failure === undefined) return [...messages, { role: 'assistant', content: answer }]
  await context.say(failure)
  return messages.slice(0, -1)
}
