import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'

import { highlightCode } from './highlight.ts'
import type * as markdownModule from './markdown.ts'

type Markdown = typeof markdownModule

/** Read with the first answer; an empty page does without it. */
let markdown: Markdown | undefined

interface ProseProps {
  readonly text: string
  /** Whether more of it comes. */
  readonly isOpen: boolean
}

/** Markdown from a model, cleaned; code is coloured once it is there. */
export const Prose = memo(function Prose({ text, isOpen }: ProseProps): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  const library = useMarkdown()
  useLayoutEffect(() => {
    if (place.current === null || library === undefined) return
    const shown = isOpen ? library.closeOpenMarks(text) : text
    place.current.replaceChildren(library.renderMarkdown(shown))
    if (!isOpen) void highlightCode(place.current)
  }, [text, isOpen, library])
  return <div className="prose" ref={place} />
})

function useMarkdown(): Markdown | undefined {
  const [library, setLibrary] = useState(markdown)
  useEffect(() => {
    if (library !== undefined) return
    void import('./markdown.ts').then((read) => {
      markdown = read
      setLibrary(read)
    })
  }, [library])
  return library
}
