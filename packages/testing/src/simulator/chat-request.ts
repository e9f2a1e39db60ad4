/** A tool that the request offers. */
export interface OfferedTool {
  readonly name: string
  readonly parameters: unknown
}

/** Whether the request wants a tool to be called. */
export type ToolChoice =
  | { readonly kind: 'auto' }
  | { readonly kind: 'none' }
  | { readonly kind: 'required' }
  | { readonly kind: 'named'; readonly name: string }

/** The last message when it is a tool's result. */
export interface ToolResult {
  readonly name: string
  readonly result: string
}

/** A chat request of any dialect, as far as an answer depends on it. */
export interface ChatRequest {
  readonly model: string
  readonly isStream: boolean
  /** All the text, for counting tokens. */
  readonly allText: string
  /** The text of the last message of the user. */
  readonly prompt: string
  readonly images: number
  readonly tools: readonly OfferedTool[]
  readonly toolChoice: ToolChoice
  readonly toolResult: ToolResult | undefined
  /** A JSON schema, or `true` for any JSON object. */
  readonly outputSchema: unknown
  readonly maxOutputTokens: number | undefined
  readonly stop: readonly string[]
  /** What the request says about thinking; `undefined` when it says nothing. */
  readonly wantsReasoning: boolean | undefined
  /** OpenAI and Requesty: usage at the end of a stream is sent only when asked for. */
  readonly wantsStreamUsage: boolean
  /** OpenAI pads its chunks unless told not to. Gemini: thoughts are shown only when asked for. */
  readonly wantsObfuscation: boolean
  readonly wantsThoughts: boolean
}
