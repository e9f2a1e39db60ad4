import { simulatedModel, startSimulator } from '../simulator/index.ts'
import type { SimulatedDialect, SimulatedModel, Simulator } from '../simulator/index.ts'
import { CANDIDATE_IDS, createSides } from './sides.ts'
import type { CandidateId, UpstreamSide } from './sides.ts'
import type { CandidatePrices, ConformanceCandidate, ConformanceUpstream } from './subject.ts'

/** The second reads less than the first, the third more. */
const CONTEXT_LENGTHS: Readonly<Record<CandidateId, number>> = {
  first: 128_000,
  second: 64_000,
  third: 1_000_000,
}

const PRICES: Readonly<Record<CandidateId, CandidatePrices>> = {
  first: { input: '0.000001', output: '0.000002', cachedInput: '0.0000001' },
  second: { input: '0.000002', output: '0.000004', cachedInput: '0.0000002' },
  third: { input: '0.000003', output: '0.000006', cachedInput: '0.0000003' },
}

const MODEL_PREFIXES: Readonly<Record<SimulatedDialect, string>> = {
  openrouter: 'conformance/',
  openai: 'gpt-conformance-',
  requesty: 'conformance/',
  google: 'gemini-conformance-',
  anthropic: 'claude-conformance-',
}

/** The providers behind a subject, and what they are scripted to do. One scenario at a time. */
export interface Upstreams {
  readonly sides: Readonly<Record<CandidateId, UpstreamSide>>
  readonly candidates: readonly ConformanceCandidate[]
  /** Forgets every script and call. `isAlone`: what the first does, all do. */
  reset(how: { readonly isAlone: boolean }): Promise<void>
  close(): Promise<void>
}

/** Starts a simulator for each candidate. */
export async function startUpstreams(dialect: SimulatedDialect): Promise<Upstreams> {
  const start = (id: CandidateId): Promise<Simulator> =>
    startSimulator({ models: [modelOf(dialect, id)] })
  const simulators = {
    first: await start('first'),
    second: await start('second'),
    third: await start('third'),
  }
  const closed = new Set<CandidateId>()
  const sides = createSides((id) => ({ simulator: simulators[id], match: { dialect } }), {
    shutDown: async (id) => {
      closed.add(id)
      await simulators[id].close()
    },
  })
  return {
    sides: sides.byId,
    get candidates(): readonly ConformanceCandidate[] {
      return CANDIDATE_IDS.map((id) => candidateOf(simulators[id], dialect, id))
    },
    reset: async () => {
      for (const id of closed) simulators[id] = await start(id)
      closed.clear()
      for (const id of CANDIDATE_IDS) simulators[id].reset()
      sides.restart()
    },
    close: async () => {
      await Promise.all(CANDIDATE_IDS.map((id) => simulators[id].close()))
    },
  }
}

/** Uses the simulator that a running subject is wired to. It stays open. */
export function sharedUpstreams(
  { simulator, model }: ConformanceUpstream,
  dialect: SimulatedDialect,
): Upstreams {
  let isAlone = true
  const sides = createSides(
    (id) => {
      const match = id === 'first' && !isAlone ? { dialect, model } : { dialect }
      return { simulator, match, without: id === 'first' ? undefined : model }
    },
    { shutDown: () => Promise.reject(new TypeError('This simulator is not ours to close')) },
  )
  return {
    sides: sides.byId,
    candidates: CANDIDATE_IDS.map((id) => ({ ...candidateOf(simulator, dialect, id), model })),
    reset: async (how) => {
      isAlone = how.isAlone
      simulator.reset()
      sides.restart()
    },
    close: async () => {},
  }
}

function modelOf(dialect: SimulatedDialect, id: CandidateId): SimulatedModel {
  return simulatedModel({
    dialect,
    id: MODEL_PREFIXES[dialect] + id,
    name: `The ${id}`,
    contextLength: CONTEXT_LENGTHS[id],
    prices: PRICES[id],
    ...(dialect === 'google' ? { row: { supportedGenerationMethods: ['generateContent'] } } : {}),
  })
}

function candidateOf(
  { baseUrls, keys }: Simulator,
  dialect: SimulatedDialect,
  id: CandidateId,
): ConformanceCandidate {
  return {
    id,
    baseUrl: baseUrls[dialect],
    apiKey: keys[dialect],
    model: MODEL_PREFIXES[dialect] + id,
    contextLength: CONTEXT_LENGTHS[id],
    prices: PRICES[id],
  }
}
