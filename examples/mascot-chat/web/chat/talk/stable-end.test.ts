import { marked } from 'marked'
import { describe, expect, it } from 'vitest'

import { stableEnd } from './stable-end.ts'

const TEXT = `# A title

Words with **marks** and \`code\`,
over two lines.

- one

  more of it
- two

1. first

\`\`\`js
const a = 1

const b = 2
\`\`\`

2. second

After the list, long enough to be known.

\`\`\`\`md
\`\`\`

not the end
\`\`\`

\`\`\`\`

| a | b |
| - | - |
| 1 | 2 |

> said

    indented

The end, which is long enough as well.
`

/** The blocks of a text, as they were written. */
function blocksOf(text: string): readonly string[] {
  return marked.lexer(text).flatMap(({ type, raw }) => (type === 'space' ? [] : [raw.trim()]))
}

describe('what of a text is settled', () => {
  it('stays as it is, whatever is written behind it', () => {
    const all = blocksOf(TEXT)
    let last = 0
    for (let length = 0; length <= TEXT.length; length += 1) {
      const end = stableEnd(TEXT.slice(0, length))
      const settled = blocksOf(TEXT.slice(0, end))
      expect(settled, JSON.stringify(TEXT.slice(0, length))).toEqual(all.slice(0, settled.length))
      expect(end).toBeGreaterThanOrEqual(last)
      last = end
    }
    expect(TEXT.slice(last)).toBe('The end, which is long enough as well.\n')
  })

  it('reads the same when the rest is read alone', () => {
    const end = stableEnd(TEXT)
    expect([...blocksOf(TEXT.slice(0, end)), ...blocksOf(TEXT.slice(end))]).toEqual(blocksOf(TEXT))
  })

  it.each([
    ['one paragraph', 0],
    ['open\n\n```js\nconst a = 1\n\nconst b = 22222222', 6],
    ['- a\n\n- b\n\n- c', 0],
    ['settled\n\nshort', 0],
  ])('%j: %i', (text, end) => {
    expect(stableEnd(text)).toBe(end)
  })
})
