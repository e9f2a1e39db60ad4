const SHOWN_MS = 6000

/**
 * The one line above the message box. It is always mounted and a live region, so whatever it says is
 * read out once; it falls silent after a while.
 */
export function createStatusLine(node) {
  let timer
  return {
    say: (text, { tone = 'plain', stays = false } = {}) => {
      clearTimeout(timer)
      node.setAttribute('data-tone', tone)
      node.replaceChildren(text)
      if (!stays) timer = setTimeout(() => node.replaceChildren(), SHOWN_MS)
    },
  }
}
