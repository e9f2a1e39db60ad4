import { ANTHROPIC_MODELS } from './data/anthropic-models.ts'
import { GOOGLE_MODELS } from './data/google-models.ts'
import { OPENAI_MODELS } from './data/openai-models.ts'
import { OPENROUTER_MODELS } from './data/openrouter-models.ts'
import { REQUESTY_MODELS } from './data/requesty-models.ts'
import type { SimulatedModel } from './models.ts'

/**
 * What the simulator serves unless told otherwise: the six models of the mascot chat, each best at
 * something else, and the rows that a careless parser of the five lists falls over.
 */
export const DEFAULT_SIMULATED_MODELS: readonly SimulatedModel[] = [
  ...OPENROUTER_MODELS,
  ...OPENAI_MODELS,
  ...GOOGLE_MODELS,
  ...REQUESTY_MODELS,
  ...ANTHROPIC_MODELS,
]
