import { redact } from '@imrs/core'
import type { FailureKind } from '@imrs/core'

const WORDS: Readonly<Partial<Record<FailureKind, string>>> = Object.freeze({
  'rate-limited': 'has had too many requests',
  overloaded: 'is overloaded',
  unavailable: 'is not available',
  credentials: 'refused the key',
  payment: 'says that the account has no credit left',
  'payment-upstream': 'could not pay its own provider',
  'context-too-long': 'says that the request is too long for this model',
  'content-filtered': 'refused to answer this',
  'model-gone': 'does not serve this model',
  'model-unfit': 'cannot do what the request needs with this model',
  'invalid-request': 'refused the request',
  truncated: 'broke the answer off',
})

/** Whose failure it is, of which kind, and what the provider said itself. */
export interface FailureWords {
  readonly providerName: string
  readonly kind: FailureKind
  readonly message: string
  /** The key that was used. */
  readonly secret?: string | undefined
}

/** What happened in our words, and the provider's own where they cannot hold a key. */
export function failureSentence({ providerName, kind, message, secret }: FailureWords): string {
  const ours = `${providerName} ${WORDS[kind] ?? 'failed'}`
  // A refused key is echoed by some, in parts: its sentence is not repeated.
  return kind === 'credentials' || message === ''
    ? `${ours}.`
    : `${ours}: ${redact(message, secret)}`
}
