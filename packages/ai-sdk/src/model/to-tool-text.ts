import type { LanguageModelV4ToolResultOutput, SharedV4Warning } from '@ai-sdk/provider'

/** What a tool gave, as the text that a model reads, and what of it could not be said in text. */
export interface ToolText {
  readonly text: string
  readonly warnings: readonly SharedV4Warning[]
}

/** The output of a tool as text: JSON for values, the sentence for errors. Files are left out with a warning. */
export function toToolText(output: LanguageModelV4ToolResultOutput): ToolText {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return { text: output.value, warnings: [] }
    case 'json':
    case 'error-json':
      return { text: JSON.stringify(output.value), warnings: [] }
    case 'execution-denied':
      return { text: output.reason ?? 'The tool was not called: that was denied.', warnings: [] }
    case 'content':
      return contentText(output.value)
  }
}

type ToolContent = Extract<LanguageModelV4ToolResultOutput, { type: 'content' }>['value']

function contentText(content: ToolContent): ToolText {
  const texts: string[] = []
  const warnings: SharedV4Warning[] = []
  for (const part of content) {
    if (part.type === 'text') texts.push(part.text)
    else if (part.type === 'file' && part.data.type === 'text') texts.push(part.data.text)
    else warnings.push(leftOut(part.type))
  }
  return { text: texts.join('\n'), warnings }
}

function leftOut(type: 'file' | 'custom'): SharedV4Warning {
  return {
    type: 'unsupported',
    feature: `${type} in the result of a tool`,
    details: 'It was left out: models of the router read the results of tools as text.',
  }
}
