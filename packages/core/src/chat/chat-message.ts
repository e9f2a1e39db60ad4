import { z } from 'zod'

import { jsonObjectSchema, jsonValueSchema } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'

export interface TextContent {
  readonly type: 'text'
  readonly text: string
}

/** An image, sound, film or document: by address, or as base64 text. */
export interface FileContent {
  readonly type: 'file'
  /** MIME type: `image/png`, `audio/mpeg`, `application/pdf`. */
  readonly mediaType: string
  /** `https:` address or base64 without a prefix. */
  readonly data: string
  readonly name?: string | undefined
}

export type UserContent = TextContent | FileContent

/**
 * What only the model that made it understands: the signature of a thought, encrypted reasoning. Send
 * it back unchanged with the message it came in; it reaches the model of the same provider and
 * nobody else.
 */
export interface ProviderData {
  readonly providerId: string
  /** The provider's own name of the model. */
  readonly externalId: string
  readonly data: JsonObject
}

/** A tool the model asked to be called. */
export interface ToolCall {
  readonly id: string
  readonly name: string
  readonly input: JsonValue
  readonly providerData?: ProviderData | undefined
}

/** A block of thinking, as it came. */
export interface ReasoningContent {
  readonly text: string
  readonly providerData?: ProviderData | undefined
}

export interface SystemMessage {
  readonly role: 'system'
  readonly content: string
}

export interface UserMessage {
  readonly role: 'user'
  readonly content: string | readonly UserContent[]
}

export interface AssistantMessage {
  readonly role: 'assistant'
  readonly content: string
  readonly toolCalls?: readonly ToolCall[] | undefined
  /** What was thought before it. Models that want their thoughts back get them; others never see them. */
  readonly reasoning?: readonly ReasoningContent[] | undefined
}

/** What a tool answered. */
export interface ToolMessage {
  readonly role: 'tool'
  readonly toolCallId: string
  readonly content: string
}

export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage

const base64OrHttps = z
  .string()
  .min(1)
  .refine(
    (data) => data.startsWith('https://') || /^[A-Za-z0-9+/]+={0,2}$/.test(data),
    'must be an https: address or base64 text',
  )

const userContentSchema: z.ZodType<UserContent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('file'),
    mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a MIME type, such as image/png'),
    data: base64OrHttps,
    name: z.string().max(255).optional(),
  }),
])

const providerDataSchema: z.ZodType<ProviderData> = z.object({
  providerId: z.string().min(1),
  externalId: z.string().min(1),
  data: jsonObjectSchema,
})

const toolCallSchema: z.ZodType<ToolCall> = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  input: jsonValueSchema,
  providerData: providerDataSchema.optional(),
})

const reasoningContentSchema: z.ZodType<ReasoningContent> = z.object({
  text: z.string(),
  providerData: providerDataSchema.optional(),
})

export const chatMessageSchema: z.ZodType<ChatMessage> = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: z.string() }),
  z.object({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(userContentSchema).min(1)]),
  }),
  z.object({
    role: z.literal('assistant'),
    content: z.string(),
    toolCalls: z.array(toolCallSchema).optional(),
    reasoning: z.array(reasoningContentSchema).optional(),
  }),
  z.object({ role: z.literal('tool'), toolCallId: z.string().min(1), content: z.string() }),
])

/** The text of a message, without its files. */
export function textOf(message: ChatMessage): string {
  if (typeof message.content === 'string') return message.content
  return message.content
    .flatMap((content) => (content.type === 'text' ? [content.text] : []))
    .join('\n')
}

/** The files of a message. */
export function filesOf(message: ChatMessage): readonly FileContent[] {
  if (typeof message.content === 'string') return []
  return message.content.filter((content) => content.type === 'file')
}
