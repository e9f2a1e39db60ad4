import type { JsonRecord } from '../wire.ts'
import { isRecord, listAt, recordAt, textAt } from '../wire.ts'
import { isSignedBy } from './signatures.ts'

/** The API's own word for a call that another model made. */
const NO_SIGNATURE = 'skip_thought_signature_validator'

/**
 * What Gemini has against a conversation, after its documentation: answers that do not belong to the
 * function calls before them, signatures that the model that is asked did not make, and, from Gemini
 * 3 on, a step of the present turn whose first function call has none.
 */
export function complaintAboutContents(body: unknown, model: string): string | undefined {
  const contents = listAt(body, 'contents').map((content) => ({
    isModel: textAt(content, 'role') === 'model',
    parts: listAt(content, 'parts').map((part) => (isRecord(part) ? part : {})),
  }))
  return (
    complaintAboutAnswers(contents) ??
    complaintAboutSignatures(contents, model) ??
    (model.startsWith('gemini-3') ? complaintAboutUnsigned(contents) : undefined)
  )
}

interface Content {
  readonly isModel: boolean
  readonly parts: readonly JsonRecord[]
}

function namesIn({ parts }: Content, field: 'functionCall' | 'functionResponse'): string[] {
  return parts.flatMap((part) =>
    isRecord(part[field]) ? [textAt(recordAt(part, field), 'name') ?? ''] : [],
  )
}

function complaintAboutAnswers(contents: readonly Content[]): string | undefined {
  for (const [index, content] of contents.entries()) {
    const answers = namesIn(content, 'functionResponse')
    const before = contents[index - 1]
    const calls = before?.isModel === true ? namesIn(before, 'functionCall') : []
    if (answers.length > 0 && calls.length === 0) {
      return 'Please ensure that function response turn comes immediately after a function call turn.'
    }
    if (answers.length !== calls.length) {
      return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.'
    }
    if (answers.some((name, position) => name !== calls[position])) {
      return 'Please ensure that the function response parts are in the order of the function call parts of the function call turn.'
    }
  }
  return undefined
}

function complaintAboutSignatures(contents: readonly Content[], model: string): string | undefined {
  for (const { parts } of contents) {
    const said = parts
      .filter((part) => part['thought'] !== true)
      .map((part) => textAt(part, 'text') ?? '')
      .join('')
    const isForged = parts.some((part) => {
      const signature = part['thoughtSignature']
      if (signature === undefined || signature === NO_SIGNATURE) return false
      const call = part['functionCall']
      const signed = { dialect: 'google', model } as const
      return isRecord(call)
        ? !isSignedBy({ ...signed, kind: 'call', content: contentOfCall(call) }, signature)
        : !isSignedBy({ ...signed, kind: 'text', content: said }, signature)
    })
    if (isForged) return 'Corrupted thought signature.'
  }
  return undefined
}

/** What the signature of a function call stands for. */
export function contentOfCall(call: JsonRecord): string {
  return `${textAt(call, 'name') ?? ''} ${JSON.stringify(call['args'] ?? {})}`
}

/** The present turn begins with the last thing that the user said. */
function complaintAboutUnsigned(contents: readonly Content[]): string | undefined {
  const start = contents.findLastIndex(
    (content) => !content.isModel && namesIn(content, 'functionResponse').length === 0,
  )
  for (const [position, { isModel, parts }] of contents.slice(start + 1).entries()) {
    const first = parts.find((part) => isRecord(part['functionCall']))
    if (!isModel || first === undefined || first['thoughtSignature'] !== undefined) continue
    const name = textAt(recordAt(first, 'functionCall'), 'name') ?? ''
    return `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`${name}\`, position ${start + 1 + position}.`
  }
  return undefined
}
