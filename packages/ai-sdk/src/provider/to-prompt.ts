import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  SharedV4ProviderOptions,
} from '@ai-sdk/provider'
import type {
  AssistantMessage,
  ChatMessage,
  FileContent,
  ModelCall,
  Provider,
  ProviderData,
  ToolMessage,
  UserMessage,
} from '@imrs/core'

/** The model a call goes to. */
export interface CallTarget {
  readonly provider: Provider
  readonly call: ModelCall
}

/** The conversation as the AI SDK's prompt. Results of tools that follow each other are one message. */
export function toPrompt(target: CallTarget): LanguageModelV4Prompt {
  const { messages } = target.call
  const names = toolNames(messages)
  const prompt: LanguageModelV4Prompt = []
  for (const message of messages) {
    const last = prompt.at(-1)
    if (message.role === 'tool' && last?.role === 'tool') {
      last.content.push(toToolResult(message, names))
    } else prompt.push(toMessage(message, { target, names }))
  }
  return prompt
}

interface Context {
  readonly target: CallTarget
  readonly names: ReadonlyMap<string, string>
}

function toMessage(message: ChatMessage, { target, names }: Context): LanguageModelV4Message {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.content }
    case 'user':
      return { role: 'user', content: toUserParts(message) }
    case 'assistant':
      return { role: 'assistant', content: toAssistantParts(message, target) }
    case 'tool':
      return { role: 'tool', content: [toToolResult(message, names)] }
  }
}

type PartsOf<Role extends 'user' | 'assistant' | 'tool'> = Extract<
  LanguageModelV4Message,
  { role: Role }
>['content']

function toUserParts({ content }: UserMessage): PartsOf<'user'> {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  return content.map((part) =>
    part.type === 'text' ? { type: 'text', text: part.text } : toFilePart(part),
  )
}

function toFilePart({ data, mediaType, name }: FileContent): LanguageModelV4FilePart {
  return {
    type: 'file',
    mediaType,
    data: isAddress(data) ? { type: 'url', url: new URL(data) } : { type: 'data', data },
    ...(name === undefined ? {} : { filename: name }),
  }
}

/** Whether a file is given by address. */
export function isAddress(data: string): boolean {
  return data.startsWith('https://')
}

function toAssistantParts(
  { content, reasoning = [], toolCalls = [] }: AssistantMessage,
  target: CallTarget,
): PartsOf<'assistant'> {
  const parts: PartsOf<'assistant'> = []
  for (const { text, providerData } of reasoning) {
    const own = ownOptions(providerData, target)
    // Thoughts without what signs them, and those of others, are refused by some and ignored by the rest.
    if (own !== undefined) parts.push({ type: 'reasoning', text, ...own })
  }
  if (content !== '') parts.push({ type: 'text', text: content })
  for (const { id: toolCallId, name: toolName, input, providerData } of toolCalls) {
    const own = ownOptions(providerData, target)
    parts.push({ type: 'tool-call', toolCallId, toolName, input, ...own })
  }
  return parts
}

/** What this model said for itself in an earlier answer, in the form in which it said it. */
function ownOptions(
  data: ProviderData | undefined,
  { provider, call }: CallTarget,
): { readonly providerOptions: SharedV4ProviderOptions } | undefined {
  const isOwn = data?.providerId === provider.id && data.externalId === call.externalId
  // It came out of the metadata of a part.
  return isOwn ? { providerOptions: data.data as SharedV4ProviderOptions } : undefined
}

function toToolResult(
  { toolCallId, content }: ToolMessage,
  names: ReadonlyMap<string, string>,
): PartsOf<'tool'>[number] {
  return {
    type: 'tool-result',
    toolCallId,
    toolName: names.get(toolCallId) ?? toolCallId,
    output: { type: 'text', value: content },
  }
}

/** The SDK wants the name of the tool where we have the id of the call. */
function toolNames(messages: readonly ChatMessage[]): ReadonlyMap<string, string> {
  return new Map(
    messages.flatMap((message) =>
      message.role === 'assistant'
        ? (message.toolCalls ?? []).map(({ id, name }) => [id, name] as const)
        : [],
    ),
  )
}
