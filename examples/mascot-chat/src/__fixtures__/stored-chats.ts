/** JSON as the page stores it. */
type StoredAnswer = Readonly<Record<string, unknown>>

/** An answer as an earlier visit left it in the browser. */
export function storedAnswer(fields: StoredAnswer = {}): StoredAnswer {
  return {
    role: 'assistant',
    id: 'answer',
    status: 'done',
    parts: [],
    text: 'An old answer.',
    reasoning: '',
    toolCalls: [],
    fallbacks: [],
    warnings: [],
    model: 'openai/gpt-4o-mini',
    modelName: 'GPT-4o mini',
    inputTokens: 3,
    outputTokens: 4,
    earlier: [],
    ...fields,
  }
}

/** What the browser's storage holds of one conversation. */
export function storedConversation(
  question: string,
  answers: readonly StoredAnswer[],
): Readonly<Record<string, string>> {
  const messages = [{ role: 'user', id: 'question', content: question }, ...answers]
  return {
    'mascot-chat.conversations.v2': JSON.stringify([
      { id: 'old', title: question, updatedAtMs: Date.UTC(2026, 0, 1) },
    ]),
    'mascot-chat.conversation.old': JSON.stringify({ messages, notes: {} }),
  }
}

/** The one conversation of the page that came before, with an answer that was asked for again. */
export function oldHistory(): Readonly<Record<string, string>> {
  const decision = {
    type: 'decision',
    messageId: 'message-1',
    decisionId: 'decision-1',
    model: 'openai/gpt-4o-mini',
    modelName: 'GPT-4o mini',
    provider: 'OpenAI',
    source: 'default',
    strategy: 'weighted',
    taskType: 'general',
    task: { type: 'general', source: 'none', confidence: 'low' },
    requiredCapabilities: ['text'],
    reason: 'Nobody chose.',
  }
  const answer = { role: 'assistant', state: 'done', decision, fallbacks: [], warnings: [] }
  return {
    'mascot-chat.history.v1': JSON.stringify([
      { role: 'user', text: 'Asked long ago' },
      { ...answer, text: 'Replaced.', messageId: 'message-0', isReplaced: true },
      { ...answer, text: 'Given.', messageId: 'message-1', rating: 1 },
    ]),
  }
}
