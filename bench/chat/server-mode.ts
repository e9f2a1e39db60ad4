/** One way the loopback server answers; its id is the first step of the path. */
export interface ServerMode {
  readonly id: string
  readonly name: string
  /** From the whole request to the head of the answer and its first piece of text. */
  readonly firstTokenMs: number
  /** Pieces of text in an answer. */
  readonly pieces: number
  /** Whether the callers ask for a stream. */
  readonly isStreamed: boolean
}

export const AT_ONCE: ServerMode = {
  id: 'at-once-20',
  name: 'at once, 20 pieces',
  firstTokenMs: 0,
  pieces: 20,
  isStreamed: true,
}

export const SERVER_MODES: readonly ServerMode[] = [
  AT_ONCE,
  { ...AT_ONCE, id: 'at-once-200', name: 'at once, 200 pieces', pieces: 200 },
  { ...AT_ONCE, id: 'after-50ms', name: 'after 50 ms, 20 pieces', firstTokenMs: 50 },
  { ...AT_ONCE, id: 'not-streamed', name: 'at once, not streamed', isStreamed: false },
]

/** One piece of text of the answers, four letters as a token has. */
export const PIECE = ' one'

export const MODEL = 'bench-model'

/** Candidates beside {@link MODEL}; in all, as many as a decision stores. */
export const OTHER_MODELS: readonly string[] = Array.from(
  { length: 63 },
  (_, index) => `other-model-${index}`,
)

/** What the SDK of a provider is pointed at. */
export function baseUrlOf(serverUrl: string, mode: ServerMode): string {
  return `${serverUrl}/${mode.id}/v1`
}
