/** The part of highlight.js that is used. */
interface Highlighter {
  highlight(code: string, options: { language: string }): { readonly value: string }
  getLanguage(name: string): unknown
}

let loading: Promise<Highlighter> | undefined

/** Read with the first block of code: most visits need none of it. */
function highlighter(): Promise<Highlighter> {
  loading ??= import('highlight.js/lib/common').then((module) => module.default)
  return loading
}

/** Colours the blocks of code whose language is known. Without the library they stay as they are. */
export async function highlightCode(root: ParentNode): Promise<void> {
  const blocks = [...root.querySelectorAll('pre > code[class^="language-"]')]
  if (blocks.length === 0) return
  const library = await highlighter().catch(() => undefined)
  if (library === undefined) return
  for (const block of blocks) {
    const language = block.className.slice('language-'.length)
    if (library.getLanguage(language) === undefined) continue
    // The library writes out every character of the code as text, and adds spans with classes.
    block.innerHTML = library.highlight(block.textContent, { language }).value
    block.setAttribute('data-highlighted', '')
  }
}
