import type { Decision } from '@imrs/core'

/** Of an experiment within an experiment there are several. */
const ARMS = /^(?:experiment:[\w.-]{1,64}\/[ab]:)+/

/** The name of the strategy that chose, without the experiment it was an arm of. */
export function nameWithoutArm(name: string): string {
  return name.replace(ARMS, '')
}

/** What a decision's propensity means for one that is evaluated. */
export interface LoggedWeight {
  /** The chance of the model within the arm; the whole chance where there was no experiment. */
  readonly within: number
  /**
   * What the ratio of chances within the arm is multiplied by. Averages 1 over the arms of a request,
   * so that each request counts once, however many arms might have played what is evaluated.
   */
  readonly factor: number
}

/**
 * With one arm alone, chances within it are what counts. With both together, a decision stands for
 * the requests of the arm that says nothing as well: for those of an arm that does not draw beside
 * one that does. Where neither draws, the chance of the arm is the chance of the model.
 */
export function loggedWeight(
  { propensity, propensityLog }: Pick<Decision, 'propensity' | 'propensityLog'>,
  isOneArm: boolean,
): LoggedWeight {
  const { armShare = 1, armWeight = 1 } = propensityLog ?? {}
  return { within: propensity / armShare, factor: isOneArm ? 1 : armWeight / armShare }
}
