import type { QuestionEntry } from '@imrs/react'
import type { ReactElement } from 'react'

import { FileChip } from '../composer/file-chip.tsx'
import { textOf } from '../conversations/stored-conversation.ts'

/** What was asked, with its files. */
export function Question({ question }: { readonly question: QuestionEntry }): ReactElement {
  const { content } = question
  const files = typeof content === 'string' ? [] : content.filter((each) => each.type === 'file')
  return (
    <>
      <span className="visually-hidden">You: </span>
      {textOf(content)}
      {files.length > 0 && (
        <span className="files">
          {files.map(({ name = 'file', mediaType, data }, index) => (
            // What was asked does not change.
            <FileChip key={index} name={name} mediaType={mediaType} data={data} />
          ))}
        </span>
      )}
    </>
  )
}
