import type { SimulatedTask } from '../models.ts'

/** How a prompt gives its task away; the first row that matches wins. */
export const TASK_PATTERNS: readonly (readonly [SimulatedTask, RegExp])[] = [
  ['analysis', /\b(compare|comparison|pros and cons|versus|trade-?offs?)\b/i],
  ['translation', /\b(translat\w*|how do you say|(in|to|into) (french|german|spanish|italian))\b/i],
  ['summarization', /\b(summar\w+|condense|tl;?dr|key points|in short|shorten)\b/i],
  ['slides', /\b(powerpoint|pptx?|presentation|slides?|slide deck)\b/i],
  [
    'code',
    /\b(code|program|script|function|python|javascript|typescript|sql|regex\w*|bug|refactor|compile|unit tests?|api endpoint|debounce)\b/i,
  ],
  [
    'math',
    /\b(calculate|solve|equation|integral|derivative|percent\w*|square root|prove|sum of)\b|\d\s*[-+*/×÷^%]\s*\d|\d\s*% of/i,
  ],
  [
    'creative',
    /\b(poem|haiku|story|song|lyrics|slogan|limerick|joke|imagine|tagline|fairy tale)\b/i,
  ],
  ['document', /\b(document|report|paper|pdf|letter|e-?mail|memo|proposal|minutes)\b/i],
  ['analysis', /\b(analy[sz]\w*|examine|investigate|review|evaluate|assess)\b/i],
  ['image', /\b(image|picture|photo|diagram|screenshot)\b/i],
]
