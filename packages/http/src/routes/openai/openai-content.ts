import type { FileContent, UserContent } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import { z } from 'zod'

/** A part of a user's message, as OpenAI's API writes it. */
export type OpenAiContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } }
  | {
      readonly type: 'input_audio'
      readonly input_audio: { readonly data: string; readonly format: 'wav' | 'mp3' }
    }
  | {
      readonly type: 'file'
      readonly file: { readonly file_data: string; readonly filename?: string | undefined }
    }

export const openAiContentSchema: z.ZodType<OpenAiContent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string().min(1) }) }),
  z.object({
    type: z.literal('input_audio'),
    input_audio: z.object({ data: z.string().min(1), format: z.enum(['wav', 'mp3']) }),
  }),
  z.object({
    type: z.literal('file'),
    file: z.object({
      file_data: z
        .string()
        .min(1)
        .describe('A data URL; files of OpenAI’s own are not known here.'),
      filename: z.string().max(255).optional(),
    }),
  }),
])

const AUDIO_TYPES = { wav: 'audio/wav', mp3: 'audio/mpeg' } as const
const IMAGE_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
}

/** @throws ImrsError `invalid-request` for an address that is neither `https:` nor `data:`. */
export function toUserContent(part: OpenAiContent): UserContent {
  switch (part.type) {
    case 'text':
      return part
    case 'image_url':
      return fileOf(part.image_url.url, { field: 'image_url.url' })
    case 'input_audio':
      return {
        type: 'file',
        mediaType: AUDIO_TYPES[part.input_audio.format],
        data: part.input_audio.data,
      }
    case 'file':
      return fileOf(part.file.file_data, { field: 'file.file_data', name: part.file.filename })
  }
}

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+);base64,(.*)$/s

function fileOf(
  url: string,
  { field, name }: { readonly field: string; readonly name?: string | undefined },
): FileContent {
  const [, mediaType, data] = DATA_URL.exec(url) ?? []
  if (mediaType !== undefined && data !== undefined) return { type: 'file', mediaType, data, name }
  if (field === 'image_url.url' && url.startsWith('https://') && URL.canParse(url)) {
    return { type: 'file', mediaType: imageTypeOf(url), data: url, name }
  }
  throw new ImrsError(
    'invalid-request',
    `\`${field}\`: must be a data: address in base64${field === 'image_url.url' ? ' or an https: address' : ''}`,
    { field },
  )
}

/** By the name's ending; providers look at the bytes. */
function imageTypeOf(url: string): string {
  const ending = /\.(\w+)$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? ''
  return IMAGE_TYPES[ending] ?? 'image/jpeg'
}
