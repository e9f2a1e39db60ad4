import type { ReactElement } from 'react'

import { useAction, useApi } from '../api/use-api.ts'
import { Failure } from '../ui/loaded.tsx'
import { useToast } from '../ui/toasts.tsx'

export interface BulkActionsProps {
  readonly agentId: string
  readonly onDone: () => void
}

/**
 * Enables all free models, or disables all. Both are rules, so that they are for models that come later
 * too, and undoing them removes the rule. What was set by name stays.
 */
export function BulkActions({ agentId, onDone }: BulkActionsProps): ReactElement {
  const api = useApi()
  const toast = useToast()
  const undoOf = (ruleId: string | null): (() => Promise<void>) | undefined =>
    ruleId === null
      ? undefined
      : async () => {
          await api.removeAgentRule(agentId, ruleId)
          onDone()
        }
  const enableFree = useAction(async () => {
    const filter = { bulk_filter: { cost_tier: 'free' } } as const
    const { enabled_count: count, rule_id: rule } = await api.enableModels(agentId, filter)
    onDone()
    toast({ text: `All free models are enabled: ${count} now.`, undo: undoOf(rule) })
  })
  const disableAll = useAction(async () => {
    const { models } = await api.agentModels(agentId, { per_page: 200 })
    const named = models.flatMap((model) => (model.decided_by === 'row' ? [model.model_id] : []))
    const names = named.length === 0 ? {} : { model_ids: named }
    const { rule_id: rule } = await api.disableModels(agentId, { ...names, bulk_filter: {} })
    const undo = undoOf(rule)
    onDone()
    toast({
      text: `All models are disabled for ${agentId}.`,
      undo: async () => {
        if (named.length > 0) await api.enableModels(agentId, { model_ids: named })
        await undo?.()
      },
    })
  })
  return (
    <>
      <button type="button" disabled={enableFree.isRunning} onClick={() => void enableFree.run()}>
        Enable all free
      </button>
      <button type="button" disabled={disableAll.isRunning} onClick={() => void disableAll.run()}>
        Disable all
      </button>
      <Failure error={enableFree.error ?? disableAll.error} />
    </>
  )
}
