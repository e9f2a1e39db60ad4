import { element, icon } from './dom.js'
import { costText, durationText } from './format.js'

const TITLES = {
  'missing-credential': 'This model has no key',
  'rate-limited': 'Too many requests just now',
  'budget-exhausted': 'The budget is used up',
  'unsupported-parameter': 'This model does not take that setting',
  'provider-error': 'The model did not answer',
  'all-attempts-failed': 'No model answered',
  'model-unavailable': 'This model is not available',
  'unknown-model': 'This model is not known',
  'model-provider-mismatch': 'This model is not known',
  'model-not-allowed': 'This model may not be used here',
  'missing-capability': 'This model cannot do that',
  'no-candidate': 'No model fits this question',
  'context-too-long': 'This conversation is too long for the model',
  'content-filtered': 'The provider declined to answer',
  'broken-off': 'The answer broke off',
  network: 'No connection',
  closed: 'The chat is shutting down',
}

/** What a kind of failure did, after the name of a model. */
export const FAILURES = {
  'rate-limited': 'had too many requests',
  overloaded: 'was overloaded',
  unavailable: 'was not available',
  connect: 'could not be reached',
  'timeout-headers': 'did not begin to answer',
  'timeout-first-part': 'did not say anything in time',
  'timeout-idle': 'fell silent',
  'timeout-total': 'took too long',
  credentials: 'did not take our key',
  payment: 'wants to be paid first',
  'payment-upstream': 'is out of credit at its provider',
  'context-too-long': 'has too small a context',
  'content-filtered': 'declined to answer',
  'model-gone': 'is no longer offered',
  'model-unfit': 'cannot do that',
  truncated: 'broke off',
  malformed: 'sent something unreadable',
  empty: 'gave an empty answer',
  'budget-exhausted': 'is over its budget',
}

/** What went wrong, in words for people, and what they can do. */
export function failureCard(failure, { onRetry, onChooseModel }) {
  return element(
    'div',
    { class: 'failure' },
    element('h3', { text: titleOf(failure) }),
    element('p', { text: failure.message }),
    receivedText(failure),
    triedList(failure.tried),
    failure.requestId === undefined
      ? undefined
      : element('p', { class: 'failure-reference', text: `Reference ${failure.requestId}` }),
    element(
      'div',
      { class: 'failure-actions' },
      element('button', { type: 'button', on: { click: onRetry } }, icon('again'), 'Retry'),
      element(
        'button',
        { type: 'button', on: { click: onChooseModel } },
        icon('model'),
        'Choose another model',
      ),
    ),
  )
}

function titleOf({ code, received }) {
  if (received?.characters > 0) return TITLES['broken-off']
  return TITLES[code] ?? 'Something went wrong'
}

/** What had come, what it cost, and whether asking again can do something twice. */
function receivedText({ received, costUsd, isRetrySafe }) {
  const sentences = []
  if (received?.characters > 0) sentences.push('What had arrived is kept above.')
  if (costUsd !== undefined) sentences.push(`It cost about ${costText(costUsd)}.`)
  if (isRetrySafe === false) sentences.push('A tool was called: asking again may call it twice.')
  return sentences.length === 0
    ? undefined
    : element('p', { class: 'failure-received', text: sentences.join(' ') })
}

/** Every model that was tried, and when it may be tried again. Nothing, when the message says it all. */
function triedList(tried = []) {
  if (tried.length < 2) return undefined
  const items = tried.map(({ model, failureKind, retryAtMs }) => {
    const waitMs = (retryAtMs ?? 0) - Date.now()
    const again = waitMs > 0 ? `; again in ${durationText(waitMs)}` : ''
    return element('li', { text: `${model} ${FAILURES[failureKind] ?? 'failed'}${again}` })
  })
  return element(
    'details',
    { class: 'failure-tried' },
    element('summary', { text: 'What was tried' }),
    element('ol', {}, ...items),
  )
}
