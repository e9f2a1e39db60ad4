import { UnsupportedFunctionalityError } from '@ai-sdk/provider'
import type { LanguageModelV4FilePart } from '@ai-sdk/provider'
import type { UserContent } from '@imrs/core'

/**
 * A file of a user message. Text that is given as text stays text.
 *
 * @throws UnsupportedFunctionalityError for what no model could be given as it is: a file that lies
 * with one provider, an address that is not `https:`, half a media type. Without the file the question
 * would be another one.
 */
export function toUserContent({ data, mediaType, filename }: LanguageModelV4FilePart): UserContent {
  switch (data.type) {
    case 'text':
      return { type: 'text', text: data.text }
    case 'reference':
      throw unsupported('a file that lies with a provider', 'Send its content.')
    case 'url':
    case 'data':
      return {
        type: 'file',
        mediaType: fullMediaType(mediaType),
        data: data.type === 'url' ? httpsAddress(data.url) : toBase64(data.data),
        ...(filename === undefined ? {} : { name: filename }),
      }
  }
}

function fullMediaType(mediaType: string): string {
  if (/^[\w.+-]+\/[\w.+-]+$/.test(mediaType)) return mediaType
  throw unsupported(
    `the media type ${JSON.stringify(mediaType)}`,
    'Name the whole one, such as audio/mpeg.',
  )
}

function httpsAddress(url: URL): string {
  if (url.protocol === 'https:') return url.href
  throw unsupported(
    `a file at a ${url.protocol} address`,
    'Send its content, or an https: address.',
  )
}

function toBase64(data: Uint8Array | string): string {
  return typeof data === 'string'
    ? data
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')
}

function unsupported(functionality: string, advice: string): UnsupportedFunctionalityError {
  const message = `The router does not take ${functionality}. ${advice}`
  return new UnsupportedFunctionalityError({ functionality, message })
}
