import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider'
import type { ToolChoice, ToolDefinition } from '@imrs/core'

import { plainObject } from '../shared/plain-json.ts'

/** The tools of a request, and what of them was left out. */
export interface ChatTools {
  readonly tools?: readonly ToolDefinition[]
  readonly toolChoice?: ToolChoice
  readonly warnings: readonly SharedV4Warning[]
}

type SdkTool = NonNullable<LanguageModelV4CallOptions['tools']>[number]

/** The tools a model may call. Tools of one provider are left out with a warning: any model may answer. */
export function toTools({
  tools: given = [],
  toolChoice,
}: Pick<LanguageModelV4CallOptions, 'tools' | 'toolChoice'>): ChatTools {
  const tools = given.flatMap(toTool)
  const warnings = given.flatMap(warningsOf)
  if (tools.length === 0) return { warnings }
  const choice = toToolChoice(toolChoice)
  return { tools, ...(choice === undefined ? {} : { toolChoice: choice }), warnings }
}

function toTool(tool: SdkTool): readonly ToolDefinition[] {
  if (tool.type === 'provider') return []
  const { name, description, inputSchema } = tool
  return [
    {
      name,
      ...(description === undefined ? {} : { description }),
      parameters: plainObject(inputSchema),
    },
  ]
}

function warningsOf(tool: SdkTool): readonly SharedV4Warning[] {
  if (tool.type === 'provider') {
    const details = 'It was left out: only its own provider has it, and any model may answer.'
    return [{ type: 'unsupported', feature: `provider-defined tool ${tool.id}`, details }]
  }
  const { name, strict, inputExamples = [] } = tool
  return [
    ...(strict === true ? [leftOut(name, 'strict')] : []),
    ...(inputExamples.length > 0 ? [leftOut(name, 'inputExamples')] : []),
  ]
}

function leftOut(name: string, setting: 'strict' | 'inputExamples'): SharedV4Warning {
  return { type: 'unsupported', feature: `${setting} of the tool ${name}` }
}

function toToolChoice(choice: LanguageModelV4CallOptions['toolChoice']): ToolChoice | undefined {
  return choice?.type === 'tool' ? { toolName: choice.toolName } : choice?.type
}
