/** What went wrong, by the code of the error. */
export const TITLES: Readonly<Record<string, string>> = {
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
  'payload-too-large': 'That is too much at once',
  'content-filtered': 'The provider declined to answer',
  'broken-off': 'The answer broke off',
  unreachable: 'No connection',
  closed: 'The chat is shutting down',
}

/** What to do, by what the client says can be done. */
export const ADVICE: Readonly<Record<string, string>> = {
  wait: 'Wait a little, then try again.',
  'choose-another-model': 'Another model can do it: choose one below.',
  shorten: 'Begin a new chat, or send less at once.',
  'change-request': 'Ask in another way.',
  'ask-operator': 'Only who runs this chat can change that; another model may answer.',
}
