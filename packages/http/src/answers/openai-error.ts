import type { ErrorAnswer } from '@imrs/core'

/** An error as clients of OpenAI's API read it, with our code. */
export interface OpenAiErrorBody {
  readonly error: {
    readonly message: string
    readonly type: string
    readonly param: string | null
    readonly code: string
    readonly request_id: string
  }
}

export function toOpenAiError({ status, body }: ErrorAnswer): OpenAiErrorBody {
  const { code, message, field, request_id } = body.error
  return { error: { message, type: typeOf(status), param: field ?? null, code, request_id } }
}

function typeOf(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error'
    case 403:
      return 'permission_error'
    case 404:
      return 'not_found_error'
    case 429:
      return 'rate_limit_error'
    default:
      return status < 500 ? 'invalid_request_error' : 'server_error'
  }
}
