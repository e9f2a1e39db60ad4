import type { ModelInfo } from '@imrs/core'
import type { ReactElement } from 'react'

import type { AnswerEntry, ChatEntry } from '../../chat/chat-entry.ts'
import { useModels } from '../../hooks/use-models.ts'
import { dollars } from '../shared/formats.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'

export interface CostMeterProps extends LabelsProps {
  /** `messages` of a conversation. */
  readonly messages: readonly ChatEntry[]
  /** A model id: what the same tokens would have cost with it is compared. Default: nothing is. */
  readonly baselineModel?: string | undefined
  readonly className?: string | undefined
}

/** What a conversation has cost, and what it saved against always using one model. */
export function CostMeter({
  messages,
  baselineModel,
  labels: some,
  className,
}: CostMeterProps): ReactElement {
  const labels = withLabels(some)
  const { models } = useModels()
  const total = costOf(messages)
  const baseline = models.find(({ id }) => id === baselineModel)
  return (
    <p data-imrs="cost" data-unpriced={total.unpriced === 0 ? undefined : ''} className={className}>
      <span data-imrs="cost-total">
        {labels.costOfAnswers(dollars(total.costUsd, labels.locale))}
      </span>
      {total.unpriced > 0 && (
        <span data-imrs="cost-unpriced"> · {labels.unpriced(total.unpriced)}</span>
      )}
      {baseline !== undefined && <Saved total={total} baseline={baseline} labels={labels} />}
    </p>
  )
}

/** What answers cost, those that were given again included. */
export interface ChatCost {
  /** US dollars of the answers whose cost is known. */
  readonly costUsd: number
  /** Answers that ended and whose cost is not known. */
  readonly unpriced: number
  /** Of the answers whose cost is known. */
  readonly inputTokens: number
  readonly outputTokens: number
}

export function costOf(messages: readonly ChatEntry[]): ChatCost {
  const answers = messages.flatMap((entry): readonly AnswerEntry[] =>
    entry.role === 'assistant' ? [...entry.earlier, entry] : [],
  )
  const priced = answers.filter(({ costUsd }) => costUsd !== undefined)
  const sum = (field: 'costUsd' | 'inputTokens' | 'outputTokens'): number =>
    priced.reduce((total, answer) => total + (answer[field] ?? 0), 0)
  return {
    costUsd: sum('costUsd'),
    unpriced: answers.filter(({ status, costUsd }) => status === 'done' && costUsd === undefined)
      .length,
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
  }
}

interface SavedProps {
  readonly total: ChatCost
  readonly baseline: ModelInfo
  readonly labels: ImrsLabels
}

function Saved({ total, baseline, labels }: SavedProps): ReactElement | null {
  const { input, output } = baseline.pricing ?? {}
  if (input === undefined || output === undefined) return null
  const saved = total.inputTokens * input + total.outputTokens * output - total.costUsd
  const text = saved < 0 ? labels.spentMore : labels.saved
  return (
    <span data-imrs="cost-saved">
      {' '}
      · {text(dollars(Math.abs(saved), labels.locale), baseline.name)}
    </span>
  )
}
