/**
 * A fenced block of code in the text is one more piece of evidence for `code`, beside the
 * specification's keywords. A fence counts when it names a language; these name none, and many people
 * use a bare fence to set off any text.
 */
export const PLAIN_FENCE_LANGUAGES: ReadonlySet<string> = new Set([
  'csv',
  'log',
  'markdown',
  'md',
  'plain',
  'plaintext',
  'quote',
  'text',
  'tsv',
  'txt',
])
