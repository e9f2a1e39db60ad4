import type { JsonRecord } from '../wire.ts'
import { isRecord, listAt, numberAt, recordAt, textAt } from '../wire.ts'
import { isSignedBy } from './signatures.ts'

const TOOL_ID = /^[a-zA-Z0-9_-]+$/
const SMALLEST_BUDGET = 1024

/** The fields that Anthropic takes in the body of a message; any other is refused. */
const FIELDS: ReadonlySet<string> = new Set([
  'cache_control',
  'container',
  'context_management',
  'inference_geo',
  'max_tokens',
  'mcp_servers',
  'messages',
  'metadata',
  'model',
  'output_config',
  'service_tier',
  'stop_sequences',
  'stream',
  'system',
  'temperature',
  'thinking',
  'tool_choice',
  'tools',
  'top_k',
  'top_p',
])

/**
 * What Anthropic has against a conversation, after its documentation: wrong or doubled ids of tool
 * calls, results without their calls and calls without their results, thoughts that are not signed
 * by the model that is asked, and thinking that cannot be had like that.
 */
export function complaintAboutConversation(body: unknown): string | undefined {
  const field = Object.keys(isRecord(body) ? body : {}).find((name) => !FIELDS.has(name))
  if (field !== undefined) return `${field}: Extra inputs are not permitted`
  return complaintAboutTools(body) ?? complaintAboutThoughts(body) ?? complaintAboutThinking(body)
}

interface Block {
  readonly type: string
  readonly path: string
  readonly block: JsonRecord
}

function turnsOf(body: unknown): readonly (readonly Block[])[] {
  return listAt(body, 'messages').map((message, turn) =>
    listAt(message, 'content').map((block, index): Block => ({
      type: textAt(block, 'type') ?? '',
      path: `messages.${turn}.content.${index}`,
      block: isRecord(block) ? block : {},
    })),
  )
}

function idsOf(turn: readonly Block[], type: string, field: string): readonly string[] {
  return turn.flatMap((one) => (one.type === type ? [textAt(one.block, field) ?? ''] : []))
}

function complaintAboutTools(body: unknown): string | undefined {
  const turns = turnsOf(body)
  const seen = new Set<string>()
  for (const [index, turn] of turns.entries()) {
    const calls = idsOf(turn, 'tool_use', 'id')
    const wrong = calls.find((id) => !TOOL_ID.test(id))
    if (wrong !== undefined) {
      return `messages.${index}.content.0.tool_use.id: String should match pattern '${TOOL_ID.source}'`
    }
    if (calls.some((id) => seen.size === seen.add(id).size)) {
      return 'messages: `tool_use` ids must be unique'
    }
    const called = idsOf(turns[index - 1] ?? [], 'tool_use', 'id')
    const orphan = idsOf(turn, 'tool_result', 'tool_use_id').find((id) => !called.includes(id))
    if (orphan !== undefined) {
      return `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${orphan}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`
    }
    const answered = idsOf(turns[index + 1] ?? [], 'tool_result', 'tool_use_id')
    const open = calls.find((id) => !answered.includes(id))
    if (open !== undefined) {
      return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`
    }
  }
  return undefined
}

function complaintAboutThoughts(body: unknown): string | undefined {
  const model = textAt(body, 'model') ?? ''
  const forged = turnsOf(body)
    .flat()
    .find(({ type, block }) => {
      const content = textAt(block, 'thinking') ?? ''
      const signed = { dialect: 'anthropic', model, kind: 'thought', content } as const
      return type === 'thinking' && !isSignedBy(signed, block['signature'])
    })
  return forged === undefined
    ? undefined
    : `${forged.path}: Invalid \`signature\` in \`thinking\` block`
}

/** Models that came later take no budget, earlier ones no effort. */
const ADAPTIVE = /^claude-\w+-(?:4-[6-9]|[5-9])(?:-|$)/
const ADAPTIVE_ONLY = /^claude-\w+-(?:4-[7-9]|[5-9])(?:-|$)/

function complaintAboutThinking(body: unknown): string | undefined {
  const thinking = recordAt(body, 'thinking')
  const type = textAt(thinking, 'type')
  if (type === undefined || type === 'disabled') return undefined
  const forced = ['any', 'tool'].includes(textAt(recordAt(body, 'tool_choice'), 'type') ?? '')
  if (forced) return 'Thinking may not be enabled when tool_choice forces tool use.'
  if ((numberAt(body, 'temperature') ?? 1) !== 1) {
    return '`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.'
  }
  const complaint = complaintAboutKind(type, textAt(body, 'model') ?? '')
  return complaint ?? (type === 'enabled' ? complaintAboutBudget(body, thinking) : undefined)
}

function complaintAboutKind(type: string, model: string): string | undefined {
  if (type === 'adaptive' && !ADAPTIVE.test(model)) {
    return 'adaptive thinking is not supported on this model'
  }
  return type === 'enabled' && ADAPTIVE_ONLY.test(model)
    ? '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.'
    : undefined
}

function complaintAboutBudget(body: unknown, thinking: JsonRecord): string | undefined {
  const budget = numberAt(thinking, 'budget_tokens') ?? 0
  if (budget < SMALLEST_BUDGET) {
    return `thinking.enabled.budget_tokens: Input should be greater than or equal to ${SMALLEST_BUDGET}`
  }
  if (budget >= (numberAt(body, 'max_tokens') ?? 0)) {
    return '`max_tokens` must be greater than `thinking.budget_tokens`.'
  }
  return complaintAboutRound(body)
}

/** What the model says from the last question on is one message to Anthropic, however many calls are in it. */
function complaintAboutRound(body: unknown): string | undefined {
  const turns = turnsOf(body)
  const roles = listAt(body, 'messages').map((message) => textAt(message, 'role'))
  const question = turns.findLastIndex(
    (turn, index) => roles[index] === 'user' && !turn.some(({ type }) => type === 'tool_result'),
  )
  const [first] = turns[question + 1] ?? []
  if (first === undefined || first.type.endsWith('thinking')) return undefined
  return `${first.path}.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first.type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`
}
