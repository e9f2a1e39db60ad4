import type {
  FailBehaviour,
  RetryAfter,
  SingleBehaviour,
  StatusBehaviour,
  SuccessWithErrorBehaviour,
} from './behaviour.ts'
import { findBehaviour } from './behaviour.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { Failure, SimulatedFailureKind } from './failure.ts'
import type { Reply } from './reply.ts'
import { jsonReply, textReply } from './reply.ts'

/** What a scripted error is made for. */
export interface ScriptedContext {
  readonly dialect: Dialect
  readonly behaviours: readonly SingleBehaviour[]
  readonly model: string | undefined
  readonly nowMs: number
}

/** The kinds that are tried, in this order, for the body of a bare status. */
const COMMON_KINDS: readonly SimulatedFailureKind[] = [
  'rate-limited',
  'server',
  'unavailable',
  'overloaded',
  'timeout',
  'insufficient-credits',
  'missing-key',
  'permission-denied',
  'unknown-model',
  'payload-too-large',
]

/** The error that a script puts in the place of an answer, if it does. */
export function scriptedReply(context: ScriptedContext): Reply | undefined {
  const status = findBehaviour(context.behaviours, 'status')
  if (status !== undefined) return statusReply(status, context)
  const fail = findBehaviour(context.behaviours, 'fail')
  if (fail !== undefined) return failReply(fail, context)
  const success = findBehaviour(context.behaviours, 'success-with-error')
  return success === undefined ? undefined : successReply(success, context)
}

function statusReply(behaviour: StatusBehaviour, context: ScriptedContext): Reply {
  const { status, body } = behaviour
  const headers = { ...retryHeaders(behaviour.retryAfter, context), ...behaviour.headers }
  if (typeof body === 'string') {
    return textReply(body, { status, headers: { 'content-type': 'text/html', ...headers } })
  }
  if (body !== undefined) return jsonReply(body, { status, headers })
  const base = dialectStatus(behaviour, context)
  return { ...base, headers: { ...base.headers, ...headers } }
}

/** A provider's 429 is its rate limit, its 503 its outage: the body that it has for that. */
function dialectStatus(
  { status, message, retryAfter }: StatusBehaviour,
  context: ScriptedContext,
): Reply {
  const { dialect } = context
  const failures = COMMON_KINDS.map((kind) => ({
    ...failureOf(kind, { message, retryAfter }, context),
  }))
  const failure = failures.find((candidate) => dialect.fail(candidate).status === status)
  if (failure !== undefined) return dialect.fail(failure)
  return dialect.failWith(status, message ?? `Simulated status ${status}`)
}

function failReply(behaviour: FailBehaviour, context: ScriptedContext): Reply {
  const reply = context.dialect.fail(failureOf(behaviour.failure, behaviour, context))
  const retry = retryHeaders(behaviour.retryAfter, context)
  return { ...reply, headers: { ...reply.headers, ...retry, ...behaviour.headers } }
}

function successReply(behaviour: SuccessWithErrorBehaviour, context: ScriptedContext): Reply {
  const failure = failureOf(behaviour.failure ?? 'unavailable', {}, context)
  const inChoice = behaviour.place === 'in-choice' ? context.dialect.failInChoice : undefined
  return inChoice?.(failure) ?? { ...context.dialect.fail(failure), status: 200 }
}

function failureOf(
  kind: SimulatedFailureKind,
  given: { readonly message?: string | undefined; readonly retryAfter?: RetryAfter | undefined },
  { model, nowMs }: ScriptedContext,
): Failure {
  const native = given.retryAfter?.form === 'native' ? given.retryAfter.delayMs : undefined
  return {
    kind,
    message: given.message,
    model,
    retryDelayMs: native,
    retryAtMs: native === undefined ? undefined : nowMs + native,
  }
}

function retryHeaders(
  retryAfter: RetryAfter | undefined,
  { dialect, nowMs }: ScriptedContext,
): Readonly<Record<string, string>> {
  if (retryAfter === undefined) return {}
  const { form, delayMs } = retryAfter
  if (form === 'native') return dialect.retryHeaders(retryAfter)
  if (form === 'milliseconds') return { 'retry-after-ms': String(delayMs) }
  if (form === 'seconds') return { 'retry-after': String(Math.ceil(delayMs / 1000)) }
  return { 'retry-after': new Date(nowMs + delayMs).toUTCString() }
}
