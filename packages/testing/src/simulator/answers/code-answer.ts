import { SNIPPETS, SQL_SNIPPET } from '../data/snippets.ts'
import { subjectOf } from './excerpt.ts'

interface CodeBlock {
  readonly title: string
  readonly language: 'python' | 'typescript' | 'sql'
  readonly code: string
  readonly remark: string
}

/** A good answer to a request for code: what it is, the code in a fence, and one remark. */
export function goodCodeAnswer(prompt: string): string {
  const { title, language, code, remark } = codeFor(prompt)
  return `**${title}**\n\n\`\`\`${language}\n${code}\n\`\`\`\n\n${remark}`
}

/** Code that is begun and not finished. */
export function fairCodeAnswer(prompt: string, opening: string): string {
  const { language, code } = codeFor(prompt)
  const comment = { python: '#', typescript: '//', sql: '--' }[language]
  const start = code.split('\n').slice(0, 2).join('\n')
  return `${opening}\n\n\`\`\`${language}\n${start}\n${comment} … fill in the rest here\n\`\`\``
}

function codeFor(prompt: string): CodeBlock {
  if (/\bsql\b/i.test(prompt)) {
    return {
      title: 'A query for that',
      language: 'sql',
      code: SQL_SNIPPET,
      remark: 'Names of tables and columns are mine; replace them by yours.',
    }
  }
  const language = /\bpython\b/i.test(prompt) ? 'python' : 'typescript'
  const snippet = SNIPPETS.find(({ topic }) => topic.test(prompt))
  if (snippet === undefined) return skeletonFor(prompt, language)
  return { title: snippet.title, language, code: snippet[language], remark: snippet.remark }
}

function skeletonFor(prompt: string, language: 'python' | 'typescript'): CodeBlock {
  const words = (subjectOf(prompt).match(/[a-z]+/gi) ?? [])
    .map((word) => word.toLowerCase())
    .filter(
      (word) =>
        !/^(function|code|script|program|that|which|in|for|and|a|an|the|of|to|my|python|typescript|javascript)$/.test(
          word,
        ),
    )
  const name = words.length === 0 ? ['solve', 'it'] : words.slice(0, 3)
  const remark = 'Start with the two cases that must work, then make the empty input one of them.'
  const title = `A start for ${words.join(' ')}`.trim()
  if (language === 'python') {
    const code = `def ${name.join('_')}(items: list[str]) -> list[str]:\n    """Keeps what is wanted, in order."""\n    return [item.strip() for item in items if item.strip()]`
    return { title, language, code, remark }
  }
  const camelCase = name
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  const code = `export function ${camelCase}(items: readonly string[]): string[] {\n  return items.map((item) => item.trim()).filter((item) => item !== '')\n}`
  return { title, language, code, remark }
}
