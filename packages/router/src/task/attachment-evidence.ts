import type { ChatMessage, DetectedTask, FileContent, TaskType } from '@imrs/core'
import { filesOf } from '@imrs/core'

import { guessesInTableOrder } from './count-types.ts'
import { EXTENSION_TO_MEDIA_TYPE } from './tables/media-types.ts'

/** MIME types that browsers give to files they do not know. */
const VAGUE_MEDIA_TYPES: ReadonlySet<string> = new Set(['application/octet-stream', 'text/plain'])

/** Files users attached; each is one match. */
export function guessFromAttachments(
  messages: readonly ChatMessage[],
  table: ReadonlyMap<string, TaskType>,
): readonly DetectedTask[] {
  const types = messages.flatMap(filesOf).flatMap((file) => typeOf(file, table) ?? [])
  return guessesInTableOrder(types, table, 'attachment')
}

function typeOf(file: FileContent, table: ReadonlyMap<string, TaskType>): TaskType | undefined {
  const mediaType = mediaTypeOf(file)
  return table.get(mediaType) ?? table.get(`${mediaType.split('/', 1)[0] ?? ''}/*`)
}

/** `text/plain` named `main.py` is Python; parameters (`; charset=utf-8`) are dropped. */
function mediaTypeOf(file: FileContent): string {
  const mediaType = (file.mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
  if (!VAGUE_MEDIA_TYPES.has(mediaType) || file.name === undefined) return mediaType
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase()
  return Object.hasOwn(EXTENSION_TO_MEDIA_TYPE, extension)
    ? (EXTENSION_TO_MEDIA_TYPE[extension] ?? mediaType)
    : mediaType
}
