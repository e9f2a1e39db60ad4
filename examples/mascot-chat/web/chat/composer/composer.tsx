import type { Chat } from '@imrs/react'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import type { ReactElement, RefObject } from 'react'

import { useSay } from '../app/status-line.tsx'
import { MascotPicker } from '../picker/mascot-picker.tsx'
import { Icon } from '../ui/icon.tsx'
import { ACCEPTED, readAttachments, toContent } from './attachments.ts'
import type { Attachment } from './attachments.ts'
import { DialNote } from './dial-note.tsx'
import { FileChip } from './file-chip.tsx'
import { HealthNote } from './health-note.tsx'
import { SendButton } from './send-button.tsx'

interface ComposerProps {
  readonly chat: Chat
  readonly isAnswering: boolean
  readonly onSend: (content: Parameters<Chat['send']>[0]) => void
  readonly box: RefObject<HTMLTextAreaElement | null>
}

/**
 * The message box: Enter sends, Shift+Enter begins a line, files are chosen, pasted or dropped. The
 * words of an answer render nothing of it.
 */
export const Composer = memo(function Composer(props: ComposerProps): ReactElement {
  const { chat, isAnswering, onSend, box } = props
  const { text, setText, attachments, setAttachments, attach, submit, isEmpty } = useDraft({
    isAnswering,
    onSend,
  })
  useFit(box, text)
  return (
    <form
      className="composer"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void attach([...event.dataTransfer.files])
      }}
    >
      <Files attachments={attachments} onChange={setAttachments} />
      <label className="visually-hidden" htmlFor="message">
        Message
      </label>
      <textarea
        id="message"
        ref={box}
        rows={1}
        placeholder="Ask Pip anything"
        enterKeyHint="send"
        maxLength={100_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => void attach([...event.clipboardData.files])}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          submit()
        }}
      />
      <HealthNote />
      <DialNote />
      <div className="composer-row">
        <MascotPicker chat={chat} />
        <AttachButton onFiles={(files) => void attach(files)} />
        <SendButton {...{ isAnswering, isEmpty, box }} onStop={chat.stop} />
      </div>
    </form>
  )
})

interface Draft {
  readonly text: string
  readonly setText: (text: string) => void
  readonly attachments: readonly Attachment[]
  readonly setAttachments: (attachments: readonly Attachment[]) => void
  readonly attach: (files: readonly File[]) => Promise<void>
  readonly submit: () => void
  readonly isEmpty: boolean
}

/** What is being written, with its files. */
function useDraft({ isAnswering, onSend }: Pick<ComposerProps, 'onSend' | 'isAnswering'>): Draft {
  const say = useSay()
  const [text, setText] = useState('')
  const [attachments, setAttachments] = useState<readonly Attachment[]>([])
  const isEmpty = text.trim() === '' && attachments.length === 0
  const attach = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return
    const read = await readAttachments(files, attachments)
    setAttachments(read.attachments)
    if (read.problem !== undefined) say(read.problem, { tone: 'bad' })
  }
  const submit = (): void => {
    if (isEmpty) return
    if (isAnswering) {
      say('The answer is still coming. Stop it first, or wait for its end.')
      return
    }
    onSend(toContent(text.trim(), attachments))
    setText('')
    setAttachments([])
  }
  return { text, setText, attachments, setAttachments, attach, submit, isEmpty }
}

/** Measuring lays the page out twice for each letter, so browsers that fit the box themselves do it. */
const FITS_ITSELF = CSS.supports('field-sizing', 'content')

/** The box grows with the text. */
function useFit(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    if (FITS_ITSELF) return
    const { current: area } = box
    area?.style.setProperty('height', 'auto')
    area?.style.setProperty('height', `${area.scrollHeight}px`)
  }, [box, text])
}

interface FilesProps {
  readonly attachments: readonly Attachment[]
  readonly onChange: (attachments: readonly Attachment[]) => void
}

function Files({ attachments, onChange }: FilesProps): ReactElement | null {
  if (attachments.length === 0) return null
  return (
    <ul className="files" aria-label="Attached files">
      {attachments.map((each) => (
        <li key={each.id}>
          <FileChip
            {...each}
            onRemove={() => onChange(attachments.filter(({ id }) => id !== each.id))}
          />
        </li>
      ))}
    </ul>
  )
}

function AttachButton({
  onFiles,
}: {
  readonly onFiles: (files: readonly File[]) => void
}): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        id="files"
        hidden
        multiple
        accept={ACCEPTED}
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
      />
      <button
        className="attach"
        type="button"
        title="Attach images or PDFs"
        aria-label="Attach images or PDFs"
        onClick={() => {
          // The same file may be chosen again.
          if (input.current !== null) input.current.value = ''
          input.current?.click()
        }}
      >
        <Icon name="clip" />
      </button>
    </>
  )
}
