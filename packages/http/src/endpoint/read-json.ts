import { ImrsError } from '@imrs/core'

import { assertJsonShape } from './json-shape.ts'

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i

/**
 * Reads a body of JSON in UTF-8, and stops reading as soon as it is too large.
 *
 * @throws ImrsError `invalid-request` for another content type, another encoding, broken UTF-8 or
 * JSON, duplicate names, NUL or deep nesting; `payload-too-large`.
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  assertJsonType(request.headers)
  const text = decoded(await readBytes(request, maxBytes))
  assertJsonShape(text)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalidBody('is not JSON', error)
  }
}

function assertJsonType(headers: Headers): void {
  if (!JSON_TYPE.test(headers.get('content-type') ?? '')) {
    const message = '`content-type` must be application/json in UTF-8'
    throw new ImrsError('invalid-request', message, { field: 'content-type' })
  }
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding !== 'identity') {
    const message = '`content-encoding` must be left out: compressed bodies are not taken'
    throw new ImrsError('invalid-request', message, { field: 'content-encoding' })
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength
      if (size > maxBytes) throw tooLarge(maxBytes)
      chunks.push(chunk)
    }
  } catch (error) {
    if (ImrsError.is(error)) throw error
    throw invalidBody('broke off before its end', error)
  }
  return Buffer.concat(chunks)
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw invalidBody('is not UTF-8', error)
  }
}

function tooLarge(maxBytes: number): ImrsError {
  return new ImrsError('payload-too-large', `\`body\`: must not have more than ${maxBytes} bytes`, {
    field: 'body',
  })
}

export function invalidBody(problem: string, cause?: unknown): ImrsError {
  return new ImrsError('invalid-request', `\`body\`: ${problem}`, { field: 'body', cause })
}
