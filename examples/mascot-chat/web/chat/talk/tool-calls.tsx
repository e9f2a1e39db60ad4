import type { ToolCallPart } from '@imrs/core'
import type { AnswerEntry } from '@imrs/react'
import type { ReactElement } from 'react'

import { Icon } from '../ui/icon.tsx'

interface ToolCallsProps {
  readonly answer: AnswerEntry
  /** Whether all calls there will be are there. */
  readonly isOver: boolean
}

/**
 * What the model asked to be called, with what, and what came of it. The chat has no tools of its
 * own: a call that nobody answered says so, instead of looking like one that was carried out.
 */
export function ToolCalls({ answer, isOver }: ToolCallsProps): ReactElement | null {
  const { toolCalls, toolResults: results = {} } = answer
  if (toolCalls.length === 0) return null
  return (
    <ul className="tool-calls" aria-label="Tool calls">
      {toolCalls.map((call) => (
        <li key={call.toolCallId}>
          <ToolCall call={call} result={results[call.toolCallId]} isOver={isOver} />
        </li>
      ))}
    </ul>
  )
}

interface ToolCallProps {
  readonly call: ToolCallPart
  readonly result: string | undefined
  readonly isOver: boolean
}

function ToolCall({ call, result, isOver }: ToolCallProps): ReactElement {
  const { toolName, input } = call
  const isMissing = result === undefined && isOver
  return (
    <>
      <details>
        <summary>
          <Icon name="tool" />
          <span>
            {result === undefined ? 'Asked for' : 'Called'} <code>{toolName}</code>
          </span>
        </summary>
        <p>With:</p>
        <pre tabIndex={0}>{JSON.stringify(input, null, 2)}</pre>
        {result !== undefined && (
          <>
            <p>It answered:</p>
            <pre tabIndex={0}>{result}</pre>
          </>
        )}
      </details>
      {isMissing && (
        <p className="tool-missing">
          <Icon name="warn" />
          <span>
            The tool <code>{toolName}</code> is not available in this chat, so there is no result.
            Ask again without it, or choose another model.
          </span>
        </p>
      )}
    </>
  )
}
