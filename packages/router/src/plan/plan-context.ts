import type { CatalogHandle } from '@imrs/catalog'
import type { CallOptions, Model, RouterEvent, Runtime } from '@imrs/core'

import type { RouterOptions } from '../options.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import type { PresetTimes } from '../presets/preset-times.ts'
import type { MigrationTargets } from './migration-targets.ts'

export interface PlanContext {
  readonly runtime: Runtime
  readonly catalog: CatalogHandle
  readonly migrations: MigrationTargets
  readonly defaultModel: string | undefined
  /** For presets that go by times. */
  readonly times: PresetTimes
  readonly authorize: RouterOptions['authorize']
  readonly emit: (event: RouterEvent) => void
}

/** The models among these that the host's hook refuses to the request. A hook that throws refuses. */
export async function vetoedAmong(
  { authorize }: PlanContext,
  { models, prepared }: { readonly models: readonly Model[]; readonly prepared: PreparedRequest },
  options?: CallOptions,
): Promise<ReadonlySet<string>> {
  if (authorize === undefined) return new Set()
  const { snapshot, input } = prepared
  const verdicts = await Promise.all(
    models.map(async (model) => {
      try {
        return await authorize({ ...snapshot.agent, userId: input.userId, model }, options)
      } catch {
        options?.signal?.throwIfAborted()
        return false
      }
    }),
  )
  return new Set(models.filter((_, index) => verdicts[index] !== true).map((model) => model.id))
}
