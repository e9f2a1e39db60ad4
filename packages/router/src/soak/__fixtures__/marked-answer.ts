import type { ToolDefinition } from '@imrs/core'
import type { RespondBehaviour, ScriptedToolCall } from '@imrs/testing/simulator'

/** The tool that requests with tools offer. */
export const TOOL: ToolDefinition = {
  name: 'look_up',
  description: 'Looks something up.',
  parameters: {
    type: 'object',
    properties: { call: { type: 'integer' }, index: { type: 'integer' } },
    required: ['call', 'index'],
  },
}

/** What a call is to answer. */
export interface MarkedOrder {
  readonly call: number
  readonly words: number
  readonly thoughts: number
  readonly toolCalls: number
}

/**
 * An answer that says in each of its words which call it is of, and which word it is: one that lacks
 * a word, has one twice, or has one of another call gives itself away.
 */
export function markedAnswer({ call, words, thoughts, toolCalls }: MarkedOrder): RespondBehaviour {
  const calls = Array.from({ length: toolCalls }, (_, index): ScriptedToolCall => {
    return { id: `call_${call}_${index}`, name: TOOL.name, arguments: { call, index } }
  })
  return {
    type: 'respond',
    text: markedText('t', call, words),
    // Said to be nothing where it is: some models think unless told not to.
    reasoning: markedText('r', call, thoughts),
    ...(calls.length === 0 ? {} : { toolCalls: calls }),
  }
}

/** Some words end with a character of several bytes, for whoever cuts them. */
const TAILS = ['', '', 'é', '', '漢', '', '😀']

function markedText(kind: 't' | 'r', call: number, words: number): string {
  if (words === 0) return ''
  const list = Array.from({ length: words - 1 }, (_, index) => wordOf(kind, call, index))
  return [...list, endOf(kind, call)].join(' ')
}

function wordOf(kind: string, call: number, index: number): string {
  return `${kind}${call}.${index}${TAILS[index % TAILS.length] ?? ''}`
}

function endOf(kind: string, call: number): string {
  return `${kind}${call}.end`
}

/** What was read of an answer. */
export interface MarkedReading {
  /** The call whose answer it is; `undefined` when nothing of it says so. */
  readonly call: number | undefined
  /** Whether the last word of the text came; also when there was to be none. */
  readonly isWhole: boolean
  readonly problems: readonly string[]
}

/** Puts an answer together from what was given out, and looks for what should not be there. */
export class MarkedReader {
  readonly #calls = new Set<number>()
  readonly #problems: string[] = []
  readonly #tools = new Set<string>()
  #text = ''
  #thoughts = ''

  text(text: string): void {
    this.#text += text
  }

  thought(text: string): void {
    this.#thoughts += text
  }

  toolCall(id: string, name: string, input: unknown): void {
    const { call, index } = input as { readonly call?: unknown; readonly index?: unknown }
    if (name !== TOOL.name || typeof call !== 'number' || typeof index !== 'number') {
      this.#problems.push(`a tool call that nobody made: ${name} ${JSON.stringify(input)}`)
      return
    }
    const key = `${call}.${index}`
    if (this.#tools.has(key)) this.#problems.push(`tool call ${id} came twice`)
    this.#tools.add(key)
    this.#calls.add(call)
  }

  reading(): MarkedReading {
    const isWhole = this.#check('t', this.#text)
    this.#check('r', this.#thoughts)
    if (this.#calls.size > 1) {
      this.#problems.push(`an answer of several calls: ${[...this.#calls].join(', ')}`)
    }
    const [call] = this.#calls
    return { call, isWhole, problems: this.#problems }
  }

  /** Whether the text is at its end, or was never begun. */
  #check(kind: 't' | 'r', text: string): boolean {
    const words = text.split(' ').filter((word) => word !== '')
    const call = Number(/^[tr](\d+)\./.exec(words[0] ?? '')?.[1] ?? Number.NaN)
    if (words.length === 0) return true
    if (Number.isNaN(call)) {
      this.#problems.push(`a text that nobody wrote: ${JSON.stringify(text.slice(0, 80))}`)
      return false
    }
    this.#calls.add(call)
    const isWhole = words.at(-1) === endOf(kind, call)
    const wrong = words
      .slice(0, isWhole ? -1 : undefined)
      .findIndex((word, index) => word !== wordOf(kind, call, index))
    if (wrong >= 0) {
      const around = words.slice(Math.max(0, wrong - 2), wrong + 3).join(' ')
      this.#problems.push(`the words of call ${call} are not in their order: … ${around} …`)
    }
    return isWhole
  }
}
