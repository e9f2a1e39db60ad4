/** An answer before its first part. `asked` is what the request named. */
export function newAnswer(asked) {
  return {
    role: 'assistant',
    asked,
    state: 'streaming',
    text: '',
    reasoning: '',
    fallbacks: [],
    warnings: [],
    isReplaced: false,
  }
}

/** The answer with one more part. Part types that are not known yet change nothing. */
export function withPart(record, part) {
  switch (part.type) {
    case 'decision':
      return { ...record, decision: part, messageId: part.messageId }
    case 'fallback':
      return { ...record, fallbacks: [...record.fallbacks, part] }
    case 'warning':
      return { ...record, warnings: [...record.warnings, part] }
    case 'text-delta':
      return { ...record, text: record.text + part.text }
    case 'reasoning-delta':
      return { ...record, reasoning: record.reasoning + part.text }
    case 'usage':
      return { ...record, usage: part }
    case 'end':
      return { ...record, state: 'done', end: part }
    case 'error':
      return { ...record, state: 'failed', failure: part }
    default:
      return record
  }
}

export function stopped(record) {
  return { ...record, state: 'stopped' }
}

/** The answer after the request itself failed. */
export function failed(record, error) {
  const { code = 'internal', message, requestId, retryAfterMs } = error
  return { ...record, state: 'failed', failure: { code, message, requestId, retryAfterMs } }
}

/** The id of the model that answers, after all fallbacks. */
export function answeringModel(record) {
  return record.end?.model ?? record.fallbacks.at(-1)?.to ?? record.decision?.model
}

/** What the models are told of the conversation: no failed, replaced or empty answers. */
export function toMessages(records) {
  return records
    .filter((record) => !record.isReplaced && record.state !== 'failed' && record.text !== '')
    .map(({ role, text }) => ({ role, content: text }))
}
