import { EventParser } from './sse-parser.js'

/** The server refused, or could not be reached (`network`), or its answer broke off (`broken-off`). */
export class ApiError extends Error {
  constructor({ code, message, requestId, retryAfterMs }) {
    super(message)
    this.code = code
    this.requestId = requestId
    this.retryAfterMs = retryAfterMs
  }
}

export const getConfig = () => requestJson('/config.json')
export const getPerformance = () => requestOwn('/api/performance')
export const getDecision = (id) => requestOwn(`/api/decisions/${encodeURIComponent(id)}`)

let greeting = Promise.resolve()

/** What the visitor chose. Newcomers get their cookie with it: all else that is theirs waits for that. */
export function getPreference() {
  const preference = requestJson('/api/preferences')
  greeting = preference.catch(() => {})
  return preference
}

export function getModels({ force = false } = {}) {
  return requestJson(force ? '/api/models?force=true' : '/api/models', { cache: 'no-cache' })
}

export function putPreference(body) {
  return requestOwn('/api/preferences', withBody('PUT', body))
}

export function sendFeedback(messageId, body) {
  const path = `/api/v2/chat/messages/${encodeURIComponent(messageId)}/feedback`
  return requestOwn(path, withBody('POST', body))
}

/** The parts of an answer as they arrive. Ends without a last part never: that throws. */
export async function* chat(body, signal) {
  await greeting
  const response = await request('/api/chat', { ...withBody('POST', body), signal })
  const parser = new EventParser()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let last
  try {
    for (;;) {
      const { done, value } = await read(reader, signal)
      if (done) break
      for (const part of parser.push(value)) {
        last = part
        yield part
      }
    }
  } finally {
    reader.cancel().catch(() => {})
  }
  if (last?.type !== 'end' && last?.type !== 'error') throw brokenOff()
}

async function read(reader, signal) {
  try {
    return await reader.read()
  } catch (error) {
    throw signal.aborted ? error : brokenOff()
  }
}

function brokenOff() {
  const message = 'The connection ended before the answer did. What had arrived is kept above.'
  return new ApiError({ code: 'broken-off', message })
}

function withBody(method, body) {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

async function requestOwn(path, options) {
  await greeting
  return requestJson(path, options)
}

async function requestJson(path, options) {
  const response = await request(path, options)
  return response.json()
}

async function request(path, options) {
  const response = await reach(path, options)
  if (response.ok) return response
  const { error } = await response.json().catch(() => ({ error: undefined }))
  throw new ApiError({
    code: error?.code ?? 'internal',
    message: error?.message ?? `The server answered with status ${response.status}.`,
    requestId: error?.request_id,
    retryAfterMs: error?.retry_after_ms,
  })
}

async function reach(path, options) {
  try {
    return await fetch(path, options)
  } catch (error) {
    if (options?.signal?.aborted) throw error
    const message = 'The chat server does not answer. Check that it is running, then try again.'
    throw new ApiError({ code: 'network', message })
  }
}
