import type { ReactElement } from 'react'

import { useAction, useApi, useLoad } from '../api/use-api.ts'
import type { AgentRuleWire } from '../api/wire.ts'
import { timeText, wordsOf } from '../ui/format.ts'
import { Failure, Loaded } from '../ui/loaded.tsx'

export interface AgentRulesProps {
  readonly agentId: string
  /** The rules are read again when it is another one. */
  readonly version: number
  readonly onChanged: () => void
}

/** The rules of an agent: of several that fit a model the newest counts. */
export function AgentRules({ agentId, version, onChanged }: AgentRulesProps): ReactElement {
  const api = useApi()
  const rules = useLoad(`rules ${agentId} ${version}`, (calls, sending) =>
    calls.agentRules(agentId, sending),
  )
  const remove = useAction(async (id: string) => {
    await api.removeAgentRule(agentId, id)
    onChanged()
  })
  return (
    <section className="card" aria-label="Rules">
      <h2>Rules</h2>
      <Loaded of={rules} what="the rules">
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">None. A bulk action makes one, for models that come later too.</p>
          ) : (
            <ol className="rules" reversed>
              {items.toReversed().map((rule) => (
                <li key={rule.id}>
                  {ruleText(rule)}{' '}
                  <button type="button" onClick={() => void remove.run(rule.id)}>
                    Remove
                    <span className="only-read"> the rule: {ruleText(rule)}</span>
                  </button>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
      <Failure error={remove.error} />
    </section>
  )
}

function ruleText(rule: AgentRuleWire): string {
  const filters = Object.entries(rule.filter).map(
    ([name, value]) => `${wordsOf(name)} ${String(value)}`,
  )
  const which = filters.length === 0 ? 'all models' : filters.join(', ')
  const by = rule.enabled_by === null ? '' : ` by ${rule.enabled_by}`
  return `${rule.is_enabled ? 'Enable' : 'Disable'} ${which} · ${timeText(rule.enabled_at)}${by}`
}
