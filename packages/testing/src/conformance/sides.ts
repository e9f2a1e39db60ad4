import type {
  Behaviour,
  RequestMatch,
  ScriptHandle,
  SimulatedCall,
  Simulator,
} from '../simulator/index.ts'

/** The candidates, in the order in which they are to be asked. */
export const CANDIDATE_IDS = ['first', 'second', 'third'] as const
export type CandidateId = (typeof CANDIDATE_IDS)[number]

/** The words of a candidate's answer: nobody else's begin with its name. */
export function textOf(id: CandidateId, words = 36): string {
  return Array.from({ length: words }, (_, index) => `${id}-${index + 1}`).join(' ')
}

/** One provider, as a scenario sees it. */
export interface UpstreamSide {
  readonly id: CandidateId
  /** What it answers when nothing else is said. */
  readonly text: string
  /** The chat calls that reached it, oldest first. */
  readonly calls: readonly SimulatedCall[]
  /** From now on, for every call. Together they are one behaviour. */
  does(...behaviours: readonly Behaviour[]): void
  /** For the next calls, one each, before what it {@link does}. */
  doesOnce(...behaviours: readonly Behaviour[]): void
  /** The call of this number, counted from 1, as soon as it is there. */
  call(number: number): Promise<SimulatedCall>
  /** Closes its port: connections are refused from now on. Only where each candidate has its own. */
  shutDown(): Promise<void>
}

/** Where a side's requests arrive, and which of them are its own. */
export interface SideAddress {
  readonly simulator: Simulator
  readonly match: RequestMatch
  /** A model whose calls are somebody else's. */
  readonly without?: string | undefined
}

/** All sides of a scenario. */
export interface Sides {
  readonly byId: Readonly<Record<CandidateId, UpstreamSide>>
  /** Lets every side give its own text again. */
  restart(): void
}

/** Makes the sides; what one is scripted to do stays in its order behind that of the sides before. */
export function createSides(
  addressOf: (id: CandidateId) => SideAddress,
  { shutDown }: { readonly shutDown: (id: CandidateId) => Promise<void> },
): Sides {
  const behaviours = new Map<CandidateId, Behaviour>()
  let handles: readonly ScriptHandle[] = []
  // In this order, since the first script that fits a request wins.
  const apply = (): void => {
    for (const handle of handles) handle.remove()
    handles = CANDIDATE_IDS.map((id) => {
      const { simulator, match } = addressOf(id)
      return simulator.always(match, behaviours.get(id) ?? withText(id, []))
    })
  }
  const sideOf = (id: CandidateId): UpstreamSide =>
    createSide(id, {
      addressOf: () => addressOf(id),
      does: (behaviour) => {
        behaviours.set(id, behaviour)
        apply()
      },
      shutDown: () => shutDown(id),
    })
  return {
    byId: { first: sideOf('first'), second: sideOf('second'), third: sideOf('third') },
    restart: () => {
      behaviours.clear()
      apply()
    },
  }
}

interface SideParts {
  readonly addressOf: () => SideAddress
  readonly does: (behaviour: Behaviour) => void
  readonly shutDown: () => Promise<void>
}

function createSide(id: CandidateId, { addressOf, does, shutDown }: SideParts): UpstreamSide {
  const callsOf = (): readonly SimulatedCall[] => {
    const address = addressOf()
    return address.simulator.calls.filter((call) => isOwn(address, call))
  }
  return {
    id,
    text: textOf(id),
    get calls(): readonly SimulatedCall[] {
      return callsOf()
    },
    does: (...given) => does(withText(id, given)),
    doesOnce: (...given) => {
      const { simulator, match } = addressOf()
      simulator.script(match, ...given.map((behaviour) => withText(id, [behaviour])))
    },
    call: async (number) => {
      for (;;) {
        const call = callsOf()[number - 1]
        if (call !== undefined) return call
        const { simulator, match } = addressOf()
        await simulator.nextCall(match)
      }
    },
    shutDown,
  }
}

/** An answer that says neither text nor tool calls says the usual text. */
function withText(id: CandidateId, behaviours: readonly Behaviour[]): Behaviour {
  const usual = { type: 'respond', text: textOf(id) } as const
  const filled = behaviours.map((behaviour) =>
    behaviour.type === 'respond' && behaviour.toolCalls === undefined
      ? { ...behaviour, text: behaviour.text ?? usual.text }
      : behaviour,
  )
  // The first answer that is given counts, so a scenario's own goes before the usual one.
  return { type: 'combine', behaviours: [...filled, usual] }
}

function isOwn({ match, without }: SideAddress, call: SimulatedCall): boolean {
  return (
    call.operation === 'chat' &&
    (match.model === undefined || call.model === match.model) &&
    (without === undefined || call.model !== without)
  )
}
