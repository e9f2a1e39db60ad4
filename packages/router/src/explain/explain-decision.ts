import type { Decision, RankedCandidate } from '@imrs/core'

/** The name of a model for people; `undefined` when it is not known. */
export type NameOf = (modelId: string) => string | undefined

/** Why a model was chosen, in one sentence. Models go by their ids unless `nameOf` knows better. */
export function explainDecision(decision: Decision, nameOf: NameOf = () => undefined): string {
  const name = nameOf(decision.modelId) ?? decision.modelId
  switch (decision.source) {
    case 'explicit':
      return `${name}: chosen in the request.`
    case 'preference':
      return `${name}: your stored choice.`
    case 'default':
      return `${name}: the default model, as nobody chose.`
    case 'fallback-default':
      return `${name}: the default model, as the router could not choose.`
    case 'auto':
      return explainChoice(decision, { name: withPreset(name, decision), nameOf })
  }
}

function withPreset(name: string, { preset }: Decision): string {
  return preset === undefined ? name : `${name}, of the preset ${preset},`
}

function explainChoice(
  decision: Decision,
  { name, nameOf }: { readonly name: string; readonly nameOf: NameOf },
): string {
  const [first, second] = decision.candidates
  const task = capitalized(decision.task.type)
  if (first === undefined) return `${task}: ${name}.`
  const next =
    second === undefined
      ? 'the only candidate'
      : `next is ${nameOf(second.modelId) ?? second.modelId} with ${score(second)}`
  if (decision.opeReason === 'sticky') {
    return `${task}: ${name}, as the conversation stays with it; ${next} (${candidatesOf(decision)}).`
  }
  return `${task}: ${name} with ${score(first)} from ${basis(first, decision)}; ${next} (${candidatesOf(decision)}).`
}

/** The request's own dial is told with them. */
function candidatesOf({ candidateCount, costQuality }: Decision): string {
  const candidates = `${candidateCount} candidates`
  return costQuality === undefined
    ? candidates
    : `${candidates}, the request's dial between quality, 0, and price, 1, at ${costQuality}`
}

/** The strategy that gave the scores, within those around it: `weighted` of `sticky:weighted`. */
function innermost({ strategy }: Decision): string {
  return strategy.name.slice(strategy.name.lastIndexOf(':') + 1)
}

function basis(candidate: RankedCandidate, decision: Decision): string {
  const { task } = decision
  const strategy = innermost(decision)
  if (strategy === 'fastest' && candidate.score > 0) return 'how soon it begins to answer'
  if (strategy === 'cheapest' && candidate.score > 0) return 'its price'
  const priority = `priority ${candidate.priority.toFixed(2)}${published(candidate, strategy)}`
  if (candidate.experience === undefined || strategy === 'priority') {
    return candidate.ratings === 0 ? `${priority}, as ${task.type} has no ratings yet` : priority
  }
  const ratings = candidate.ratings === 1 ? '1 rating' : `${candidate.ratings} ratings`
  return `${priority} and an average of ${candidate.experience.toFixed(2)} over ${ratings} for ${task.type}`
}

/** Strategies but the one that learns go by what the host itself knows. */
function published(candidate: RankedCandidate, strategy: string): string {
  const isCounted = strategy === 'adaptive' && candidate.published !== undefined
  return isCounted ? ` and a published score of ${candidate.published.toFixed(2)}` : ''
}

function score(candidate: RankedCandidate): string {
  return candidate.score.toFixed(2)
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
