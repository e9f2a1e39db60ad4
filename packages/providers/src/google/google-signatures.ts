import { asText } from '@imrs/core'
import type { JsonObject } from '@imrs/core'

import { asNumber, isTrue } from '../shared/foreign-json.ts'

/**
 * What Gemini wants back beside what it said: the signature of the thought behind a part, and which
 * part it stood on. A message keeps all text in one piece, so a part of the text is where it begins
 * and ends in it.
 */
export type SignedPart =
  | { readonly part: 'thought'; readonly signature: string }
  | {
      readonly part: 'text'
      readonly signature: string
      readonly from: number
      readonly to: number
    }

/** As it is kept with a block of thinking. */
export function toSignatureData(signed: SignedPart): JsonObject {
  const { signature, ...place } = signed
  return { thoughtSignature: signature, ...place }
}

/** What was kept; `undefined` for what is not ours to understand. */
export function readSignatureData(data: JsonObject): SignedPart | undefined {
  const signature = asText(data['thoughtSignature'])
  if (signature === undefined) return undefined
  if (data['part'] === 'thought') return { part: 'thought', signature }
  const [from, to] = [asNumber(data['from']), asNumber(data['to'])]
  if (data['part'] !== 'text' || from === undefined || to === undefined) return undefined
  return { part: 'text', signature, from, to }
}

/** The signature of a part as Gemini sends it. */
export function signatureOf(part: JsonObject): string | undefined {
  return asText(part['thoughtSignature'])
}

/** Whether a part is a thought, not the answer. */
export function isThought(part: JsonObject): boolean {
  return isTrue(part['thought'])
}
