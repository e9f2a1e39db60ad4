import type * as markdownModule from './markdown.ts'
import { stableEnd } from './stable-end.ts'

/**
 * Shows Markdown while it is being written: once in a frame, and of that only what is not settled
 * yet, so that a long answer takes no longer for each word than a short one.
 */
export class GrowingProse {
  readonly #place: HTMLElement
  readonly #library: typeof markdownModule
  #text = ''
  #settled = 0
  #tail: readonly ChildNode[] = []
  #frame: number | undefined

  constructor(place: HTMLElement, library: typeof markdownModule) {
    this.#place = place
    this.#library = library
    place.replaceChildren()
  }

  /** The text so far; it begins with what was given before. */
  readonly grow = (text: string): void => {
    this.#text = text
    this.#frame ??= requestAnimationFrame(this.#draw)
  }

  /** Draws nothing from now on. */
  readonly end = (): void => {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
  }

  readonly #draw = (): void => {
    this.#frame = undefined
    const { renderMarkdown, closeOpenMarks } = this.#library
    const open = this.#text.slice(this.#settled)
    const settled = stableEnd(open)
    for (const node of this.#tail) node.remove()
    if (settled > 0) this.#place.append(renderMarkdown(open.slice(0, settled)))
    const tail = renderMarkdown(closeOpenMarks(open.slice(settled)))
    this.#tail = [...tail.childNodes]
    this.#place.append(tail)
    this.#settled += settled
  }
}
