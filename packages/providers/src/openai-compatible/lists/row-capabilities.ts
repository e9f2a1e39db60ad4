import type { Capability } from '@imrs/core'
import { CAPABILITIES, LONG_CONTEXT_TOKENS } from '@imrs/core'

/** What a row says about what a model takes in, gives out and does. */
export interface CapabilityFacts {
  readonly id: string
  /** `text`, `image`, `file`, `audio`, `video`. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly contextLength: number | undefined
  /** What is known beyond that. */
  readonly also?: readonly (Capability | undefined)[] | undefined
}

const INPUT_CAPABILITIES: ReadonlyMap<string, Capability> = new Map([
  ['text', 'text'],
  ['image', 'vision'],
  ['file', 'document'],
  ['audio', 'audio'],
  ['video', 'video'],
])

const OUTPUT_CAPABILITIES: ReadonlyMap<string, Capability> = new Map([
  ['text', 'text'],
  ['image', 'image_generation'],
  ['audio', 'audio'],
  ['speech', 'audio'],
  ['video', 'video'],
])

/** A part of the name that says the model is made for code. */
const CODE_PART = /^(?:code|coder|codex|codestral|devstral|codellama|codegemma|starcoder\d*)$/u

/** The capabilities of a model, each once, in the order of the catalogue. */
export function toCapabilities(facts: CapabilityFacts): readonly Capability[] {
  const found = new Set<Capability | undefined>([
    ...facts.inputs.map((input) => INPUT_CAPABILITIES.get(input)),
    ...facts.outputs.map((output) => OUTPUT_CAPABILITIES.get(output)),
    ...(facts.also ?? []),
  ])
  if ((facts.contextLength ?? 0) >= LONG_CONTEXT_TOKENS) found.add('long_context')
  if (isForCode(facts.id)) found.add('code')
  return CAPABILITIES.filter((capability) => found.has(capability))
}

function isForCode(id: string): boolean {
  return id
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .some((part) => CODE_PART.test(part))
}
