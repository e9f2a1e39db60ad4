import DOMPurify from 'dompurify'
import { Marked } from 'marked'

const TAGS =
  'p br hr h1 h2 h3 h4 h5 h6 blockquote pre code kbd strong em del s sub sup mark a ul ol li ' +
  'table thead tbody tr th td'
const ALLOWED = {
  ALLOWED_TAGS: TAGS.split(' '),
  ALLOWED_ATTR: ['href', 'title', 'align', 'start', 'class'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  RETURN_DOM_FRAGMENT: true as const,
}

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    // An image would be fetched from anywhere; a link is followed only when somebody wants it.
    image: ({ href, text }) =>
      `<a href="${encodeURI(href)}">${escape(text === '' ? 'image' : text)}</a>`,
    // What looks like HTML is shown as it was written.
    html: ({ text }) => escape(text),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
})

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  // Of the classes only the language of a block of code means something.
  if (!/^language-[\w+#-]+$/.test(node.className)) node.removeAttribute('class')
  if (node.nodeName !== 'A') return
  node.setAttribute('target', '_blank')
  node.setAttribute('rel', 'noopener noreferrer nofollow')
})

/** Markdown from a stranger as nodes that can do no harm. */
export function renderMarkdown(text: string): DocumentFragment {
  const html = marked.parse(text, { async: false })
  const fragment = DOMPurify.sanitize(html, ALLOWED)
  // A block of code that scrolls must be reachable without a mouse.
  for (const block of fragment.querySelectorAll('pre')) block.setAttribute('tabindex', '0')
  return fragment
}

/** Closes what is still open at the end of a text that is being written, so that no marks flash up. */
export function closeOpenMarks(text: string): string {
  const isInCodeBlock = (text.match(/^```/gm) ?? []).length % 2 === 1
  if (isInCodeBlock) return text
  const start = text.lastIndexOf('\n\n') + 1
  const block = text.slice(start).replace(/(\*{1,2}|`|\[)$/, '')
  const isOpen = (mark: string): boolean => block.split(mark).length % 2 === 0
  const end = isOpen('`') ? '`' : isOpen('**') ? '**' : ''
  return text.slice(0, start) + block.trimEnd() + end
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
