import type { Failure } from '../failure.ts'
import type { SimulatedDialect } from '../models.ts'
import type { JsonRecord } from '../wire.ts'
import { isRecord, listAt, recordAt, textAt } from '../wire.ts'
import { isSignedBy } from './signatures.ts'

/** Whose rules hold for a conversation. */
export interface OpenAiRules {
  readonly dialect: SimulatedDialect
  /** OpenAI refuses fields of messages that others have added. */
  readonly hasStrictMessages: boolean
}

const MESSAGE_FIELDS: ReadonlySet<string> = new Set([
  'role',
  'content',
  'name',
  'refusal',
  'audio',
  'tool_calls',
  'tool_call_id',
  'function_call',
])

const LONGEST_ID = 40
/** Their template checks the ids, whoever serves them. */
const MISTRAL = /mistral|mixtral|ministral|codestral|devstral/i
const MISTRAL_ID = /^[a-zA-Z0-9]{9}$/

/**
 * What a provider of this format has against a conversation, after its documentation: ids of tool
 * calls that are too long, or not what Mistral's models want; results without their calls and calls
 * without their results; thoughts that the model that is asked did not sign; unknown fields.
 */
export function complaintAboutMessages(body: unknown, rules: OpenAiRules): Failure | undefined {
  const messages = listAt(body, 'messages').map((message) => (isRecord(message) ? message : {}))
  const model = textAt(body, 'model') ?? ''
  return (
    (rules.hasStrictMessages ? complaintAboutFields(messages) : undefined) ??
    complaintAboutIds(messages, model) ??
    complaintAboutResults(messages) ??
    complaintAboutDetails(messages, { ...rules, model })
  )
}

function invalid(message: string, parameter: string): Failure {
  return { kind: 'invalid-request', message, parameter }
}

function complaintAboutFields(messages: readonly JsonRecord[]): Failure | undefined {
  for (const [index, message] of messages.entries()) {
    const field = Object.keys(message).find((name) => !MESSAGE_FIELDS.has(name))
    if (field === undefined) continue
    const parameter = `messages[${index}].${field}`
    return invalid(`Unknown parameter: '${parameter}'.`, parameter)
  }
  return undefined
}

function callIdsOf(message: JsonRecord): readonly string[] {
  return listAt(message, 'tool_calls').map((call) => textAt(call, 'id') ?? '')
}

function complaintAboutIds(messages: readonly JsonRecord[], model: string): Failure | undefined {
  for (const [index, message] of messages.entries()) {
    for (const [position, id] of callIdsOf(message).entries()) {
      const parameter = `messages[${index}].tool_calls[${position}].id`
      if (MISTRAL.test(model) && !MISTRAL_ID.test(id)) {
        const rule = 'must be a-z, A-Z, 0-9, with a length of 9.'
        return invalid(`Tool call id was ${id} but ${rule}`, parameter)
      }
      if (id.length > LONGEST_ID) {
        const rule = `string too long. Expected a string with maximum length ${LONGEST_ID}, but got a string with length ${id.length} instead.`
        return invalid(`Invalid '${parameter}': ${rule}`, parameter)
      }
    }
  }
  return undefined
}

function complaintAboutResults(messages: readonly JsonRecord[]): Failure | undefined {
  let open: readonly string[] = []
  for (const [index, message] of [...messages, {}].entries()) {
    const id = textAt(message, 'tool_call_id')
    if (textAt(message, 'role') === 'tool') {
      if (id === undefined || !open.includes(id)) {
        const rule =
          "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
        return invalid(`Invalid parameter: ${rule}`, `messages.[${index}].role`)
      }
      open = open.filter((one) => one !== id)
    } else if (open.length > 0) {
      const rule =
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'."
      const ids = `The following tool_call_ids did not have response messages: ${open.join(', ')}`
      return invalid(`${rule} ${ids}`, `messages.[${index}].role`)
    } else open = callIdsOf(message)
  }
  return undefined
}

interface Asked extends OpenAiRules {
  readonly model: string
}

/** OpenRouter's `reasoning_details`. */
function complaintAboutDetails(
  messages: readonly JsonRecord[],
  { dialect, model }: Asked,
): Failure | undefined {
  for (const [index, message] of messages.entries()) {
    const details = listAt(message, 'reasoning_details')
    const thoughts = details.map((detail) => textAt(detail, 'text') ?? '').join('')
    const isForged = details.some((detail) => {
      const signed = { dialect, model, content: thoughts } as const
      return textAt(detail, 'type') === 'reasoning.encrypted'
        ? !isSignedBy({ ...signed, kind: 'encrypted' }, recordOf(detail)['data'])
        : !isSignedBy({ ...signed, kind: 'thought' }, recordOf(detail)['signature'])
    })
    if (isForged) {
      const parameter = `messages[${index}].reasoning_details`
      return invalid(`Invalid signature in '${parameter}'.`, parameter)
    }
  }
  return undefined
}

function recordOf(value: unknown): JsonRecord {
  return recordAt({ value }, 'value')
}
