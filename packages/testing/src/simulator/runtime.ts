import type { Runtime } from '@imrs/core'

/**
 * The two parts of the runtime that the simulator uses: the clock that stamps answers, and the
 * sleep that paces them (with `pace: 'realistic'` only; nothing is ever ordered by time).
 */
export type SimulatorRuntime = Pick<Runtime, 'now' | 'sleep'>
