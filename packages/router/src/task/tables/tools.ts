import type { TaskType } from '@imrs/core'

/** Task types by tool name. Where several apply equally, the earlier row wins. */
export type ToolTable = Readonly<Record<string, TaskType>>

/** The specification's table (§3.5.4), word for word. */
export const TOOL_TO_TASK_TYPE: ToolTable = Object.freeze({
  code_execute: 'code',
  document_ingest: 'document',
  http_fetch: 'research',
  file_read: 'file_ops',
  canvas_append: 'canvas',
  dalle3_image_gen: 'image_gen',
  mermaid_diagram: 'diagram',
  playwright_screenshot: 'screenshot',
})
