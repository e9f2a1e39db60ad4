import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'

import { GrowingProse } from './growing-prose.ts'
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
  const growing = useRef<GrowingProse>(undefined)
  const library = useMarkdown()
  useLayoutEffect(() => {
    if (place.current === null || library === undefined || !isOpen) return undefined
    growing.current = new GrowingProse(place.current, library)
    return () => growing.current?.end()
  }, [isOpen, library])
  useLayoutEffect(() => {
    if (place.current === null || library === undefined) return
    if (isOpen) {
      growing.current?.grow(text)
      return
    }
    place.current.replaceChildren(library.renderMarkdown(text))
    void highlightCode(place.current)
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
