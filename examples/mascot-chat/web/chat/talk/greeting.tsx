import type { ReactElement } from 'react'

import { Mascot } from '../mascot/mascot.tsx'

const EXAMPLES = [
  ['Coding', 'Write a JavaScript function that debounces another one'],
  ['Translation', 'Translate “Where is the nearest library?” into French'],
  ['Summary', 'Summarize the idea of compound interest in three sentences'],
  ['Analysis', 'Analyze the pros and cons of working four days a week'],
] as const

/** What an empty conversation shows: questions to begin with, each of another kind. */
export function Greeting({ onAsk }: { readonly onAsk: (text: string) => void }): ReactElement {
  return (
    <section className="empty">
      <span className="empty-mascot" aria-hidden="true">
        <Mascot mood="idle" />
      </span>
      <h2>What shall we work on?</h2>
      <p>
        Choose a model below, or leave it to <strong>Auto</strong>: it picks one for each question
        and learns from your thumbs.
      </p>
      <ul className="examples" aria-label="Example questions">
        {EXAMPLES.map(([task, text]) => (
          <li key={task}>
            <button className="example" type="button" onClick={() => onAsk(text)}>
              <span className="example-task">{task}</span>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
