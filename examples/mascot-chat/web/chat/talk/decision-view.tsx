import type { DecisionPart } from '@imrs/core'
import { DecisionChip, ENGLISH_LABELS } from '@imrs/react/components'
import type { ImrsLabels } from '@imrs/react/components'
import { useCallback, useMemo } from 'react'
import type { ReactElement } from 'react'

import { useDirectory } from '../app/config.tsx'
import type { Directory } from '../app/directory.ts'
import { taskName } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'

const SOURCE_NOTES: Readonly<Record<string, string>> = {
  explicit: 'your choice',
  preference: 'your choice',
  default: 'default model',
  'fallback-default': 'default, Auto could not choose',
}

const SOURCE_TEXTS: ImrsLabels['source'] = {
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
  const labels = useMemo(
    () => ({
      source: SOURCE_TEXTS,
      task: taskName,
      taskType: 'Task',
      quality: 'Ratings',
      presetChose: (preset: string) =>
        `The preset ${directory.nameOf(`preset:${preset}`)} chose the model.`,
    }),
    [directory],
  )
  const summary = useCallback(
    (decided: DecisionPart) => <Summary decision={decided} directory={directory} />,
    [directory],
  )
  return (
    <DecisionChip
      className="answer-chip"
      decision={decision}
      isOver={isOver}
      labels={labels}
      nameOf={directory.displayNameOf}
      renderSummary={summary}
    />
  )
}

interface SummaryProps {
  readonly decision: DecisionPart
  readonly directory: Directory
}

function Summary({ decision, directory }: SummaryProps): ReactElement {
  const { source, model, modelName, taskType, requiredCapabilities } = decision
  const known = directory.displayNameOf(model)
  // A model that is gone keeps the name it had.
  const name = known === model ? modelName : known
  const needs = requiredCapabilities.filter((each) => each === 'vision' || each === 'document')
  const task = [taskName(taskType), ...needs.map((need) => `needs ${need}`)].join(' · ')
  return (
    <>
      <Icon name={source === 'auto' ? 'spark' : 'model'} />
      <span className="chip-text">
        {source === 'auto' && `${chooserOf(decision, directory)} → `}
        <strong>{name}</strong>
        {source !== 'auto' && ` · ${SOURCE_NOTES[source] ?? source}`}
        {` · ${task}`}
      </span>
      <span className="chip-why">why</span>
    </>
  )
}

/** Who chose where the router did: `Auto`, or the name of the preset; and by which dial of the request. */
function chooserOf({ preset, costQuality }: DecisionPart, directory: Directory): string {
  const name = preset === undefined ? 'Auto' : directory.nameOf(`preset:${preset}`)
  return costQuality === undefined
    ? name
    : `${name}, ${ENGLISH_LABELS.dialAt(costQuality).toLowerCase()}`
}
