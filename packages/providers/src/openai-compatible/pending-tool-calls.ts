import { asObject, asText } from '@imrs/core'
import type { JsonObject, JsonValue, ModelPart } from '@imrs/core'

interface PendingToolCall {
  readonly index: number | undefined
  id: string
  name: string
  input: string
}

/** The tool calls of one answer, as their pieces come in. They are given out when they are whole. */
export class PendingToolCalls {
  readonly #calls: PendingToolCall[] = []
  readonly #newId: () => string

  /** `newId`: for servers that give no ids. */
  constructor(newId: () => string) {
    this.#newId = newId
  }

  get count(): number {
    return this.#calls.length
  }

  add(delta: JsonObject): void {
    const given = asObject(delta['function'])
    const name = asText(given?.['name'])
    const id = asText(delta['id'])
    const index = typeof delta['index'] === 'number' ? delta['index'] : undefined
    let call = this.#continued({ index, id, name })
    if (call === undefined) {
      call = { index, id: '', name: '', input: '' }
      this.#calls.push(call)
    }
    call.id = id ?? call.id
    call.name = name ?? call.name
    call.input += textOfArguments(given?.['arguments'])
  }

  /**
   * `undefined` when the input of one is no JSON. In an answer that was cut short, a last call
   * without any input is one whose input was cut off.
   */
  parts({ isCutShort }: { readonly isCutShort: boolean }): readonly ModelPart[] | undefined {
    const parts: ModelPart[] = []
    for (const call of this.#calls) {
      const input = parseInput(call.input)
      const isCutOff = isCutShort && call.input === '' && call === this.#calls.at(-1)
      if (input === undefined || isCutOff || call.name === '') return undefined
      const toolCallId = call.id === '' ? this.#newId() : call.id
      parts.push({ type: 'tool-call', toolCallId, toolName: call.name, input })
    }
    return parts
  }

  /** The call that a delta goes on with. Some servers leave the index out, or give all calls the same. */
  #continued({ index, id, name }: ToolCallMark): PendingToolCall | undefined {
    const isSame = (call: PendingToolCall): boolean => {
      if (index !== undefined) return call.index === index
      return id === undefined ? name === undefined : call.id === id
    }
    const known = this.#calls.findLast(isSame)
    const isAnother = id !== undefined && name !== undefined && known?.id !== '' && known?.id !== id
    return isAnother ? undefined : known
  }
}

/** What a delta says of the call it belongs to. */
interface ToolCallMark {
  readonly index: number | undefined
  readonly id: string | undefined
  readonly name: string | undefined
}

/** Text, in pieces; some servers send the object itself. */
function textOfArguments(given: JsonValue | undefined): string {
  const object = asObject(given)
  return object === undefined ? (asText(given) ?? '') : JSON.stringify(object)
}

/** A call without arguments has none to parse. */
function parseInput(text: string): JsonValue | undefined {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
