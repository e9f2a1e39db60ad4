import type { FeedbackOutcome } from '@imrs/core'

import { Lanes } from '../session/lanes.ts'
import { StatementTexts } from '../session/statement-texts.ts'
import { runSteps } from '../session/store-session.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { Turns } from '../session/turns.ts'
import { experienceLock } from './feedback-events.ts'
import type { GivenRating } from './judge-rating.ts'
import { recordAtOnce } from './rating-at-once.ts'
import { ratingSteps } from './rating-steps.ts'

/** More do not make it faster, and would have what requests wait for queue behind them for a connection. */
const AT_ONCE = 4

/** Takes signals: in two round trips where the database can, else statement by statement, in one transaction each. */
export class FeedbackRecorder {
  readonly #session: StoreSession
  readonly #texts = new StatementTexts()
  readonly #lanes = new Lanes()
  readonly #turns = new Turns(AT_ONCE)

  constructor(session: StoreSession) {
    this.#session = session
  }

  async record(given: GivenRating): Promise<FeedbackOutcome> {
    const { traits } = this.#session
    if (traits.lockShared === undefined) return this.#recordAlone(given)
    const { signal } = given.options
    if (traits.createRatingFunctions !== undefined) {
      const context = { texts: this.#texts, lanes: this.#lanes }
      const atOnce = await this.#session.read(
        (work) => this.#turns.run(() => recordAtOnce({ work, ...context }, given), signal),
        given.options,
      )
      if (atOnce !== undefined) return atOnce
    }
    return this.#session.write((work) => this.#recordLocked(work, given), given.options)
  }

  /** In a database whose write transactions are alone. */
  async #recordAlone(given: GivenRating): Promise<FeedbackOutcome> {
    let outcome: FeedbackOutcome | undefined
    const texts = this.#texts
    await this.#session.writeAll(
      (work) => ratingSteps({ work, texts }, given, (told) => (outcome = told)),
      given.options,
    )
    return toldOf(outcome)
  }

  /** Waits for whoever holds what the signal needs. */
  async #recordLocked(work: StoreWork, given: GivenRating): Promise<FeedbackOutcome> {
    let outcome: FeedbackOutcome | undefined
    await work.traits.lockShared?.(work.database, experienceLock(given.event.tenantId))
    const context = { work, texts: this.#texts }
    await runSteps(
      work,
      ratingSteps(context, given, (told) => (outcome = told)),
    )
    return toldOf(outcome)
  }
}

/** A step always tells; this says it to the compiler. */
function toldOf(outcome: FeedbackOutcome | undefined): FeedbackOutcome {
  if (outcome === undefined) throw new Error('The steps of a signal told nothing')
  return outcome
}
