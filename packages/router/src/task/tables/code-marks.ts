/**
 * Code in the text is one more piece of evidence for `code`, beside the specification's keywords,
 * however much of it there is. A fence counts when it names a language; these name none, and many
 * people use a bare fence to set off any text.
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

/** Lines that stand in programs and hardly in prose, for code that was pasted without a fence. */
export const CODE_LINES: readonly RegExp[] = Object.freeze([
  /^[ \t]{0,16}(?:async )?def \w{1,64}\(/m,
  /^[ \t]{0,16}(?:export )?(?:async )?function \w{1,64}\(/m,
  /^[ \t]{0,16}(?:pub )?fn \w{1,64}[(<]/m,
  /^func \w{1,64}\(/m,
  /^#include[ \t]?[<"]/m,
  /^from [\w.]{1,64} import \w/m,
  /^import [\w.]{1,64}(?: as \w{1,64})?;?[ \t]?$/m,
  /^[ \t]{0,16}(?:export )?const \w{1,64} = /m,
  /^[ \t]{0,16}public (?:static|class|void) \w/m,
])
