import type { SingleBehaviour } from './behaviour.ts'
import { findBehaviour } from './behaviour.ts'
import type { Piece } from './reply.ts'

/** The pieces of a stream in the order in which a script wants them sent. */
export function orderPieces(
  pieces: readonly Piece[],
  behaviours: readonly SingleBehaviour[],
): readonly Piece[] {
  const isLate = findBehaviour(behaviours, 'late-chunk') !== undefined
  const ordered = isLate ? withLateChunk(pieces) : pieces
  const duplicate = findBehaviour(behaviours, 'duplicate')
  if (duplicate === undefined) return ordered
  return duplicate.what === 'chunk' ? withFirstTwice(ordered) : withFinishTwice(ordered)
}

function withLateChunk(pieces: readonly Piece[]): readonly Piece[] {
  const late = pieces.findLast(({ kind }) => kind === 'delta')
  const finish = pieces.findIndex(({ kind }) => kind === 'tail')
  if (late === undefined || finish < 0) return pieces
  const before = pieces.slice(0, finish + 1).filter((piece) => piece !== late)
  return [...before, late, ...pieces.slice(finish + 1)]
}

function withFirstTwice(pieces: readonly Piece[]): readonly Piece[] {
  const first = pieces.findIndex(({ kind }) => kind === 'delta')
  return first < 0 ? pieces : [...pieces.slice(0, first + 1), ...pieces.slice(first)]
}

function withFinishTwice(pieces: readonly Piece[]): readonly Piece[] {
  return [...pieces, ...pieces.filter(({ kind }) => kind === 'tail')]
}
