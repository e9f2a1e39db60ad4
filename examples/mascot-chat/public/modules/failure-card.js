import { element, icon } from './dom.js'

const TITLES = {
  'missing-credential': 'This model has no key',
  'rate-limited': 'Too many requests just now',
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

/** What went wrong, in words for people, and what they can do. */
export function failureCard(failure, { onRetry, onChooseModel }) {
  return element(
    'div',
    { class: 'failure' },
    element('h3', { text: TITLES[failure.code] ?? 'Something went wrong' }),
    element('p', { text: failure.message }),
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
