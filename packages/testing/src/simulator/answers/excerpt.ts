const LONGEST_READ = 2000
const LEADING_WORDS =
  /^(please|can you|could you|would you|hey|hi|hello|help me( to)?|i need( to)?|write( me)?|make( me)?|create|give me|tell me|show me|explain|describe|summari[sz]e|analy[sz]e|compare|translate|calculate|review|what is|what are|what's|who is|how do i|how to|(how|why) (do|does|did|is|are|can)|tell|something|draft|a|an|the|some|short|about|for|of|on|and|this|to|with|me)\b[\s,:]*/i
const LEADING_FORM =
  /^(haiku|poem|limerick|story|song|joke|presentation|slides?|slide deck|memo|letter|report|e-?mail|summary) (about|on|for|of|to)\b\s*/i

/** The start of a prompt on one line, short enough to be quoted in an answer. */
export function excerptOf(prompt: string): string {
  return shorten(prompt.slice(0, LONGEST_READ).replace(/\s+/g, ' ').trim(), 72)
}

/** What a prompt is about, in a few words: without the polite start, up to the first stop. */
export function subjectOf(prompt: string): string {
  let text = prompt.slice(0, LONGEST_READ).replace(/\s+/g, ' ').trim()
  for (let previous = ''; previous !== text;) {
    previous = text
    text = text.replace(LEADING_WORDS, '').replace(LEADING_FORM, '')
  }
  const sentence = text.split(/[.!?:;\n"“”]/)[0]?.trim() ?? ''
  return shorten(sentence === '' ? excerptOf(prompt) : sentence, 48) || 'your question'
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2)).trimEnd()}…`
}
