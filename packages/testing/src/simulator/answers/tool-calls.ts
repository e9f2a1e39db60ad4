import type { ChatRequest, OfferedTool } from '../chat-request.ts'
import type { AnswerToolCall } from './answer.ts'
import { sampleSchema } from './sample-schema.ts'
import { seededText } from './seeded.ts'

/**
 * The tools that the answer calls: every one that the prompt names, or the chosen one, or the first
 * when a call is required. None once a tool's result is there to be talked about.
 */
export function callTools(request: ChatRequest, salt: string): readonly AnswerToolCall[] {
  if (request.toolResult !== undefined) return []
  return toolsToCall(request).map(({ name, parameters }, index) => ({
    id: `call_${seededText(24, salt, index)}`,
    name,
    arguments: JSON.stringify(argumentsFor(parameters, request.prompt)),
  }))
}

function toolsToCall({ tools, toolChoice, prompt }: ChatRequest): readonly OfferedTool[] {
  if (toolChoice.kind === 'none') return []
  if (toolChoice.kind === 'named') return tools.filter(({ name }) => name === toolChoice.name)
  const named = tools.filter(({ name }) => isNamed(name, prompt))
  return named.length === 0 && toolChoice.kind === 'required' ? tools.slice(0, 1) : named
}

function isNamed(name: string, prompt: string): boolean {
  const spoken = name.replace(/[_-]+/g, ' ').toLowerCase()
  return prompt.toLowerCase().replace(/[_-]+/g, ' ').includes(spoken)
}

function argumentsFor(parameters: unknown, prompt: string): unknown {
  const schema = parameters ?? { type: 'object' }
  return sampleSchema({ schema, prompt }) ?? {}
}
