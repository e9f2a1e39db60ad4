import type { DecisionPart } from '@imrs/core'
import { useState } from 'react'
import type { ReactElement } from 'react'

import { useDirectory } from '../app/config.tsx'
import type { Directory } from '../app/directory.ts'
import { taskName } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { Explanation } from './explanation.tsx'

const SOURCE_NOTES: Readonly<Record<string, string>> = {
  explicit: 'your choice',
  preference: 'your choice',
  default: 'default model',
  'fallback-default': 'default, Auto could not choose',
}

const SOURCE_TEXTS: Readonly<Record<string, string>> = {
  explicit: 'You chose the model.',
  preference: 'You chose the model earlier.',
  default: 'Nobody chose, so the default model answers.',
  auto: 'Auto chose the model.',
  'fallback-default': 'Auto could not choose, so the default model answers.',
}

interface DecisionViewProps {
  readonly decision: DecisionPart
  /** Whether the answer has ended: the ranking and the calls are stored then. */
  readonly isOver: boolean
}

/** Which model answers and why: one line, which opens to the reason, the ranking and the calls. */
export function DecisionView({ decision, isOver }: DecisionViewProps): ReactElement {
  const directory = useDirectory()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="answer-chip" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name={decision.source === 'auto' ? 'spark' : 'model'} />
        <ChipText decision={decision} directory={directory} />
        <span className="chip-why">why</span>
      </summary>
      <div className="chip-body">
        <p>{decision.reason}</p>
        <dl className="chip-facts">
          {factsOf(decision, directory).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {isOpen && isOver && <Explanation decision={decision} />}
      </div>
    </details>
  )
}

interface ChipTextProps {
  readonly decision: DecisionPart
  readonly directory: Directory
}

function ChipText({ decision, directory }: ChipTextProps): ReactElement {
  const { source, model, modelName, taskType, requiredCapabilities } = decision
  const known = directory.displayNameOf(model)
  // A model that is gone keeps the name it had.
  const name = known === model ? modelName : known
  const needs = requiredCapabilities.filter((each) => each === 'vision' || each === 'document')
  const task = [taskName(taskType), ...needs.map((need) => `needs ${need}`)].join(' · ')
  return (
    <span className="chip-text">
      {source === 'auto' && `${chooserOf(decision, directory)} → `}
      <strong>{name}</strong>
      {source !== 'auto' && ` · ${SOURCE_NOTES[source] ?? source}`}
      {` · ${task}`}
    </span>
  )
}

/** Who chose where the router did: `Auto`, or the name of the preset. */
function chooserOf({ preset }: DecisionPart, directory: Directory): string {
  return preset === undefined ? 'Auto' : directory.nameOf(`preset:${preset}`)
}

function factsOf(
  decision: DecisionPart,
  directory: Directory,
): readonly (readonly [name: string, value: string])[] {
  const { task, taskType, source, strategy, model, requiredCapabilities } = decision
  const evidence =
    task.source === 'none'
      ? 'no sign of any other'
      : `by ${task.source}, ${task.confidence} confidence`
  return [
    ['Chosen by', sourceText(decision, directory)],
    ['Task', `${taskName(taskType)} (${evidence})`],
    ['Needs', requiredCapabilities.map((name) => name.replaceAll('_', ' ')).join(', ')],
    ['Model', model],
    ...(source === 'auto' ? ([['Strategy', strategy]] as const) : []),
  ]
}

function sourceText(decision: DecisionPart, directory: Directory): string {
  const { source, preset } = decision
  if (source !== 'auto' || preset === undefined) return SOURCE_TEXTS[source] ?? source
  return `The preset ${chooserOf(decision, directory)} chose the model.`
}
