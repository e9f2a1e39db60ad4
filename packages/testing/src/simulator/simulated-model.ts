import type { SimulatedModel } from './models.ts'

/** What every model needs; the rest of {@link SimulatedModel} has defaults. */
export type SimulatedModelInput = Pick<SimulatedModel, 'dialect' | 'id'> & Partial<SimulatedModel>

const DEFAULTS: Omit<SimulatedModel, 'dialect' | 'id' | 'name' | 'supportedParameters'> = {
  description: 'A model of the simulator.',
  created: 1_735_689_600,
  kind: 'chat',
  contextLength: 128_000,
  maxOutputTokens: 16_384,
  inputModalities: ['text'],
  outputModalities: ['text'],
  prices: { input: '0.000001', output: '0.000002' },
  supportsTools: true,
  supportsStructuredOutput: true,
  reasoning: 'never',
  skill: { default: 0.6 },
  speed: { firstTokenMs: 400, tokensPerSecond: 80 },
}

/**
 * A model with defaults for what is not said: text in, text out, 128,000 tokens of context, tools,
 * structured output, no reasoning, skill 0.6, $1 and $2 per million tokens.
 */
export function simulatedModel(input: SimulatedModelInput): SimulatedModel {
  const model = { ...DEFAULTS, name: input.id, ...input }
  return { ...model, supportedParameters: input.supportedParameters ?? parametersOf(model) }
}

function parametersOf(
  model: Pick<SimulatedModel, 'supportsTools' | 'supportsStructuredOutput' | 'reasoning'>,
): readonly string[] {
  return [
    'frequency_penalty',
    ...(model.reasoning === 'never' ? [] : ['include_reasoning', 'reasoning']),
    'max_tokens',
    'presence_penalty',
    ...(model.supportsStructuredOutput ? ['response_format', 'structured_outputs'] : []),
    'seed',
    'stop',
    'temperature',
    ...(model.supportsTools ? ['tool_choice', 'tools'] : []),
    'top_p',
  ]
}
