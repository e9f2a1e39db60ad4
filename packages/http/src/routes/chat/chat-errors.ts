import type { ErrorCode } from '@imrs/core'

/** What choosing and carrying out may end in, on every path that does both. */
export const CHAT_ERRORS: readonly ErrorCode[] = [
  'unknown-model',
  'unknown-provider',
  'unknown-preset',
  'model-provider-mismatch',
  'missing-capability',
  'unsupported-parameter',
  'context-too-long',
  'content-filtered',
  'model-not-allowed',
  'missing-credential',
  'model-unavailable',
  'no-candidate',
  'provider-error',
  'all-attempts-failed',
  'budget-exhausted',
  'secret-store-unavailable',
  'closed',
  'aborted',
]
