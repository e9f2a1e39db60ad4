import type { AgentKey, CallOptions, ExperienceRebuild, Store } from '@imrs/core'
import { DEFAULT_TENANT_ID, ImrsError, assertHostId } from '@imrs/core'

export interface ExperienceTenant {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
}

export interface ExperienceCheckpoint extends ExperienceTenant {
  /** Answers made before are settled, epoch milliseconds. */
  readonly beforeMs: number
}

/** What was learned from feedback, and whether it is what the feedback says. */
export interface Experience {
  /** Counts experience anew from its checkpoint and all events since, and says where it is otherwise. Writes nothing. */
  verify(tenant?: ExperienceTenant, options?: CallOptions): Promise<ExperienceRebuild>
  /** As {@link verify}, and puts it right. Feedback of the tenant waits meanwhile. */
  rebuild(tenant?: ExperienceTenant, options?: CallOptions): Promise<ExperienceRebuild>
  /**
   * Settles what answers from before a time made of experience, so that their feedback events can be
   * dropped: those answers cannot be rated any more, and a rebuild starts from here.
   *
   * @throws ImrsError `invalid-request` for a time that is not finite or negative.
   */
  checkpoint(request: ExperienceCheckpoint, options?: CallOptions): Promise<void>
}

export interface ExperienceOptions {
  /** Stays the caller's. */
  readonly store: Store
  /** Called for each agent whose experience was put right. */
  readonly onChange: (agent: AgentKey) => void
}

export function createExperience({ store, onChange }: ExperienceOptions): Experience {
  return {
    verify: async (tenant = {}, call) =>
      store.feedback.rebuildExperience({ tenantId: tenantOf(tenant), isDryRun: true }, call),
    rebuild: async (tenant = {}, call) => {
      const report = await store.feedback.rebuildExperience({ tenantId: tenantOf(tenant) }, call)
      for (const { cell } of report.differences) {
        if (cell.scope === 'agent') onChange(cell)
      }
      return report
    },
    checkpoint: async ({ beforeMs, ...tenant }, call) => {
      if (!(Number.isFinite(beforeMs) && beforeMs >= 0)) {
        throw new ImrsError(
          'invalid-request',
          `\`beforeMs\` must be a time in epoch milliseconds, got ${String(beforeMs)}`,
          { field: 'beforeMs' },
        )
      }
      const request = { tenantId: tenantOf(tenant), beforeMs: Math.floor(beforeMs) }
      await store.feedback.checkpointExperience(request, call)
    },
  }
}

function tenantOf({ tenantId = DEFAULT_TENANT_ID }: ExperienceTenant): string {
  assertHostId('tenantId', tenantId)
  return tenantId
}
