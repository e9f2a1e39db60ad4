import { seededText } from '../answers/seeded.ts'
import type { SimulatedDialect } from '../models.ts'

/** What was thought or called, and by whom. */
export interface SignedContent {
  readonly dialect: SimulatedDialect
  /** Without a suffix or a prefix, as it was asked. */
  readonly model: string
  /** What the signature stands for; another kind of content has another signature. */
  readonly kind: 'thought' | 'call' | 'text' | 'encrypted'
  readonly content: string
}

/**
 * The signature under something that a model said. It is good for that content and that model, at
 * that provider; the content need not be remembered to check it.
 */
export function signatureOf({ dialect, model, kind, content }: SignedContent): string {
  return `sig${seededText(37, dialect, model, kind, content)}`
}

/** Whether the signature under something is the one that this simulator put there. */
export function isSignedBy(signed: SignedContent, signature: unknown): boolean {
  return signature === signatureOf(signed)
}
