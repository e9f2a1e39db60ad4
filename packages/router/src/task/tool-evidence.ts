import type { ChatMessage, DetectedTask, TaskType, ToolDefinition } from '@imrs/core'

import { guessesInTableOrder } from './count-types.ts'

/** Tools that were called: as strong as it gets, each call one match. */
export function guessFromCalledTools(
  messages: readonly ChatMessage[],
  table: ReadonlyMap<string, TaskType>,
): readonly DetectedTask[] {
  const names = messages.flatMap((message) =>
    message.role === 'assistant' ? (message.toolCalls ?? []).map((call) => call.name) : [],
  )
  return guessesInTableOrder(typesOf(names, table), table, 'tool')
}

/**
 * Tools that may be called say what the request is about when all that are known agree. An agent that
 * always offers a whole toolbox says nothing: without this, its every greeting would be `code`.
 */
export function guessFromOfferedTools(
  tools: readonly ToolDefinition[],
  table: ReadonlyMap<string, TaskType>,
): readonly DetectedTask[] {
  const guesses = guessesInTableOrder(
    typesOf(
      tools.map((tool) => tool.name),
      table,
    ),
    table,
    'tool',
  )
  return guesses.length === 1 ? guesses : []
}

function typesOf(
  names: readonly string[],
  table: ReadonlyMap<string, TaskType>,
): readonly TaskType[] {
  return names.flatMap((name) => table.get(name) ?? [])
}
