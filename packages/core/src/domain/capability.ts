/**
 * What a model can take in, give out or do. The order is the bit order of a capability mask, so the
 * list only grows at its end.
 */
export const CAPABILITIES = [
  'text',
  'vision',
  'code',
  'audio',
  'long_context',
  'function_calling',
  'video',
  'document',
  'reasoning',
  'structured_output',
  'image_generation',
] as const

export type Capability = (typeof CAPABILITIES)[number]

/** A set of capabilities as bits: bit `i` is `CAPABILITIES[i]`. */
export type CapabilityMask = number

const bits: ReadonlyMap<string, number> = new Map(
  CAPABILITIES.map((capability, index) => [capability, 1 << index]),
)

export function isCapability(value: string): value is Capability {
  return bits.has(value)
}

export function toCapabilityMask(capabilities: Iterable<Capability>): CapabilityMask {
  let mask = 0
  for (const capability of capabilities) mask |= bits.get(capability) ?? 0
  return mask
}

/** The capabilities of a mask, in the order of {@link CAPABILITIES}. */
export function fromCapabilityMask(mask: CapabilityMask): readonly Capability[] {
  return CAPABILITIES.filter((_, index) => (mask & (1 << index)) !== 0)
}

/** A context of at least this many tokens is `long_context`. */
export const LONG_CONTEXT_TOKENS = 100_000
