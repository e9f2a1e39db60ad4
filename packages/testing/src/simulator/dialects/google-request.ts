import type { ChatRequest, OfferedTool, ToolChoice, ToolResult } from '../chat-request.ts'
import type { Result } from '../failure.ts'
import { refuse, succeed } from '../failure.ts'
import { listAt, numberAt, recordAt, textAt } from '../wire.ts'
import { complaintAboutContents } from './google-conversation.ts'

/** Reads the body of `generateContent` and `streamGenerateContent`. */
export function parseGoogleChat(
  body: unknown,
  target: { readonly model: string; readonly isStream: boolean },
): Result<ChatRequest> {
  const contents = listAt(body, 'contents')
  if (contents.length === 0) {
    const message = '* GenerateContentRequest.contents: contents is not specified\n'
    return refuse({ kind: 'invalid-request', message })
  }
  const complaint = complaintAboutContents(body, target.model)
  if (complaint !== undefined) return refuse({ kind: 'invalid-request', message: complaint })
  const configuration = recordAt(body, 'generationConfig')
  const everything = [recordAt(body, 'systemInstruction'), ...contents]
  return succeed({
    ...target,
    allText: everything.map(textOf).join('\n'),
    prompt: textOf(
      contents.findLast((content) => roleOf(content) === 'user' && textOf(content) !== ''),
    ),
    images: contents.flatMap((content) => listAt(content, 'parts')).filter(isImage).length,
    ...toolsOf(body),
    toolResult: toolResultOf(contents.at(-1)),
    outputSchema: outputSchemaOf(configuration),
    maxOutputTokens: numberAt(configuration, 'maxOutputTokens'),
    stop: listAt(configuration, 'stopSequences').filter((word) => typeof word === 'string'),
    wantsReasoning: wantsReasoning(configuration),
    wantsStreamUsage: true,
    wantsObfuscation: false,
    wantsThoughts: recordAt(configuration, 'thinkingConfig')['includeThoughts'] === true,
  })
}

function roleOf(content: unknown): string {
  return textAt(content, 'role') ?? 'user'
}

function textOf(content: unknown): string {
  return listAt(content, 'parts')
    .flatMap((part) => textAt(part, 'text') ?? [])
    .join('\n')
}

function isImage(part: unknown): boolean {
  const data = recordAt(part, 'inlineData')
  const file = recordAt(part, 'fileData')
  const type = textAt(data, 'mimeType') ?? textAt(file, 'mimeType') ?? ''
  return type.startsWith('image/')
}

function toolsOf(body: unknown): { tools: readonly OfferedTool[]; toolChoice: ToolChoice } {
  const tools = listAt(body, 'tools')
    .flatMap((tool) => listAt(tool, 'functionDeclarations'))
    .flatMap((declaration) => {
      const name = textAt(declaration, 'name')
      const json = recordAt(declaration, 'parametersJsonSchema')
      const own = recordAt(declaration, 'parameters')
      const parameters = Object.keys(json).length > 0 ? json : own
      return name === undefined ? [] : [{ name, parameters }]
    })
  return { tools, toolChoice: toolChoiceOf(body) }
}

function toolChoiceOf(body: unknown): ToolChoice {
  const configuration = recordAt(recordAt(body, 'toolConfig'), 'functionCallingConfig')
  const mode = configuration['mode']
  if (mode === 'NONE') return { kind: 'none' }
  if (mode !== 'ANY') return { kind: 'auto' }
  const allowed = listAt(configuration, 'allowedFunctionNames')
  const [name] = allowed
  return typeof name === 'string' ? { kind: 'named', name } : { kind: 'required' }
}

function toolResultOf(last: unknown): ToolResult | undefined {
  const [response] = listAt(last, 'parts').flatMap((part) => {
    const found = recordAt(part, 'functionResponse')
    return textAt(found, 'name') === undefined ? [] : [found]
  })
  if (response === undefined) return undefined
  const result = JSON.stringify(response['response'] ?? {})
  return { name: textAt(response, 'name') ?? 'the tool', result }
}

function outputSchemaOf(configuration: Readonly<Record<string, unknown>>): unknown {
  if (configuration['responseMimeType'] !== 'application/json') return undefined
  return configuration['responseJsonSchema'] ?? configuration['responseSchema'] ?? true
}

function wantsReasoning(configuration: Readonly<Record<string, unknown>>): boolean | undefined {
  const budget = numberAt(recordAt(configuration, 'thinkingConfig'), 'thinkingBudget')
  return budget === undefined ? undefined : budget !== 0
}
