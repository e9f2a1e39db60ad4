import type { TaskType } from '@imrs/core'

import { LabelClassifier } from './label-classifier.ts'
import type { LabelGuess } from './label-classifier.ts'
import type { TextGroup } from './text-group.ts'
import { TextGrouping } from './text-grouping.ts'

/** What was learned of the texts of one agent's requests. Of this process; begins anew with it. */
export class RequestTexts {
  readonly #classifier = new LabelClassifier()
  readonly #grouping = new TextGrouping()

  /** A text whose task the host has named. */
  learn(text: string, label: TaskType): void {
    this.#classifier.learn(text, label)
  }

  /** The task of a text that nobody named one for; `undefined` where that is a guess too many. */
  labelOf(text: string): LabelGuess | undefined {
    return this.#classifier.labelOf(text)
  }

  /** The group of a text without a task. `known` are the groups that the agent has ratings for. */
  groupOf(text: string, known: readonly TextGroup[] = []): TextGroup | undefined {
    return this.#grouping.groupOf(text, known)
  }
}
