import type { Strategy } from '@imrs/core'

/** What a strategy around another one hands through to be what that one is. */
export function wrappedParts(
  strategy: Strategy,
): Pick<Strategy, 'learn' | 'watch' | 'wantsLatency'> {
  return {
    ...(strategy.watch === undefined
      ? {}
      : { watch: (rated, learned) => strategy.watch?.(rated, learned) }),
    ...(strategy.wantsLatency === undefined ? {} : { wantsLatency: strategy.wantsLatency }),
    ...(strategy.learn === undefined
      ? {}
      : { learn: (source, previous) => strategy.learn?.(source, previous) }),
  }
}
