/**
 * Type-checks the `ts` and `tsx` fences of the READMEs and of the documentation as files of their
 * own. A fence that is a fragment says so: ```ts fragment
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root, run } from './run.ts'

interface Example {
  readonly markdown: string
  readonly line: number
  readonly extension: string
  readonly code: string
}

const folder = join(root, 'tooling', '.cache', 'readme-examples')

function examplesIn(markdown: string): Example[] {
  const text = readFileSync(join(root, markdown), 'utf8').replaceAll('\r\n', '\n')
  return [...text.matchAll(/^```(tsx?)[ \t]*\n([\s\S]*?)^```[ \t]*$/gm)].map((match) => ({
    markdown,
    line: text.slice(0, match.index).split('\n').length + 1,
    extension: match[1] ?? 'ts',
    code: match[2] ?? '',
  }))
}

const markdownFiles = globSync(
  ['README.md', 'CONTRIBUTING.md', 'packages/*/README.md', 'examples/*/README.md', 'docs/**/*.md'],
  { cwd: root, exclude: (path) => path.includes('node_modules') },
).toSorted()
const examples = markdownFiles.flatMap(examplesIn)

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const origin = new Map<string, Example>()
for (const [index, example] of examples.entries()) {
  const file = `example-${index + 1}.${example.extension}`
  origin.set(file, example)
  writeFileSync(join(folder, file), `${example.code}\nexport {}\n`)
}
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({
    extends: '../../../tsconfig.test-base.json',
    compilerOptions: {
      incremental: false,
      jsx: 'react-jsx',
      lib: ['ES2024', 'DOM', 'DOM.Iterable'],
    },
    include: ['*.ts', '*.tsx'],
  }),
)

/** `example-3.ts(2,5): error …` → `README.md:14:5: error …` */
function inMarkdown(message: string): string {
  const match = /(example-\d+\.tsx?)\((\d+),(\d+)\)(.*)$/.exec(message)
  const example = origin.get(match?.[1] ?? '')
  if (match === null || example === undefined) return message
  return `${example.markdown}:${example.line + Number(match[2]) - 1}:${match[3]}${match[4]}`
}

if (examples.length > 0) {
  const { ok, output } = await run('tsc', ['-p', folder, '--pretty', 'false'])
  if (!ok) console.log(output.replace(/^.*$/gm, inMarkdown))
  process.exitCode = ok ? 0 : 1
}
console.log(`${examples.length} examples in ${markdownFiles.length} files`)
