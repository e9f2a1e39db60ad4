import { useModel } from '@imrs/react'
import { useEffect, useRef } from 'react'

/** Who turns the dial while nobody chose means Auto: here the default is one model, which has no dial. */
export function useDialForAuto(): void {
  const { model, costQuality, isLoading, select } = useModel()
  const before = useRef(costQuality)
  useEffect(() => {
    const isTurned = before.current !== costQuality && costQuality !== undefined
    before.current = costQuality
    if (isTurned && !isLoading && model === undefined) void select('auto')
  }, [model, costQuality, isLoading, select])
}
