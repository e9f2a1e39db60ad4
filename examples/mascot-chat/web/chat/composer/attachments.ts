import type { FileContent, UserContent } from '@imrs/core'

export const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif,application/pdf'
/** Of all files of a question. A request may have ten megabytes, and base64 is a third longer. */
const MOST_BYTES = 7_000_000

/** A file that goes with the next question. */
export interface Attachment {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  /** Base64. */
  readonly data: string
}

/** Reads files; `problem` says why some of them are not taken. */
export async function readAttachments(
  files: readonly File[],
  existing: readonly Attachment[],
): Promise<{ readonly attachments: readonly Attachment[]; readonly problem?: string }> {
  const unfit = files.find(({ type }) => !ACCEPTED.split(',').includes(type))
  if (unfit !== undefined) {
    const problem = `${unfit.name} cannot be attached: it must be an image or a PDF.`
    return { attachments: existing, problem }
  }
  const bytes = [...existing.map((each) => each.bytes), ...files.map(({ size }) => size)]
  if (bytes.reduce((sum, each) => sum + each, 0) > MOST_BYTES) {
    return { attachments: existing, problem: 'Files of one question may have 7 MB in all.' }
  }
  const added = await Promise.all(files.map(toAttachment))
  return { attachments: [...existing, ...added] }
}

async function toAttachment(file: File): Promise<Attachment> {
  const { name, type: mediaType, size: bytes } = file
  return {
    id: `${name} ${bytes} ${file.lastModified}`,
    name,
    mediaType,
    bytes,
    data: await base64Of(file),
  }
}

function base64Of(file: File): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.onload = () => {
    const url = typeof reader.result === 'string' ? reader.result : ''
    resolve(url.slice(url.indexOf(',') + 1))
  }
  reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'))
  reader.readAsDataURL(file)
  return promise
}

/** What is sent: plain text while there is no file. */
export function toContent(
  text: string,
  attachments: readonly Attachment[],
): string | readonly UserContent[] {
  if (attachments.length === 0) return text
  const files = attachments.map(({ mediaType, data, name }): FileContent => ({
    type: 'file',
    mediaType,
    data,
    name,
  }))
  return text === '' ? files : [{ type: 'text', text }, ...files]
}
