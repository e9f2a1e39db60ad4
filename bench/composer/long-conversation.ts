import {
  storedAnswer,
  storedConversation,
} from '../../examples/mascot-chat/src/__fixtures__/stored-chats.ts'

const BLOCK = `## A part of it

It holds **some** of what was asked, with \`code\` in the text and a list:

- the first thing, which takes a line of its own,
- the second, with [a link](https://example.com/),
- the third.

\`\`\`js
export function debounce(run, delayMs) {
  let timer
  return (...input) => {
    clearTimeout(timer)
    timer = setTimeout(() => run(...input), delayMs)
  }
}
\`\`\`

| name | value |
| --- | --- |
| one | 1 |
| two | 2 |

`

/** As long as answers get: it streams for half a minute. */
export const LONG_ANSWER: string = BLOCK.repeat(30)

/** What the browser's storage holds of a conversation with so many messages; nothing for none. */
export function longConversation(messages: number): Readonly<Record<string, string>> {
  if (messages === 0) return {}
  const pairs = Array.from({ length: messages / 2 }, (_, index) => [
    { role: 'user', id: `question ${index}`, content: `Question number ${index}, of some length?` },
    storedAnswer({
      id: `answer ${index}`,
      messageId: `message-${index}`,
      text: BLOCK,
      decision: decisionOf(index),
    }),
  ])
  // The fixture puts the first question itself.
  return storedConversation('Question number 0, of some length?', pairs.flat().slice(1))
}

function decisionOf(index: number): object {
  return {
    type: 'decision',
    messageId: `message-${index}`,
    decisionId: `decision-${index}`,
    model: 'openai/gpt-4o-mini',
    modelName: 'GPT-4o mini',
    provider: 'OpenAI',
    source: 'default',
    strategy: 'weighted',
    taskType: 'code',
    task: { type: 'code', source: 'message', confidence: 'medium' },
    requiredCapabilities: ['text'],
    reason: 'Nobody chose.',
  }
}
