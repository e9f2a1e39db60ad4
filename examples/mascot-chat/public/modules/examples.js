import { element } from './dom.js'

const EXAMPLES = [
  ['Coding', 'Write a JavaScript function that debounces another one'],
  ['Translation', 'Translate “Where is the nearest library?” into French'],
  ['Summary', 'Summarize the idea of compound interest in three sentences'],
  ['Analysis', 'Analyze the pros and cons of working four days a week'],
]

/** Questions to begin with, each of another kind. */
export function showExamples(list, onChoose) {
  list.replaceChildren(
    ...EXAMPLES.map(([task, text]) =>
      element(
        'li',
        {},
        element(
          'button',
          { class: 'example', type: 'button', on: { click: () => onChoose(text) } },
          element('span', { class: 'example-task', text: task }),
          text,
        ),
      ),
    ),
  )
}
