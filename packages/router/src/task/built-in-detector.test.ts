import type { ChatMessage, DetectedTask, FileContent, ToolDefinition } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { createBuiltInDetector } from './built-in-detector.ts'
import { KEYWORD_TO_TASK_TYPE } from './tables/keywords.ts'
import { MEDIA_TYPE_TO_TASK_TYPE } from './tables/media-types.ts'
import { TOOL_TO_TASK_TYPE } from './tables/tools.ts'

const builtIn = createBuiltInDetector()

interface Asked {
  readonly messages?: readonly ChatMessage[]
  readonly tools?: readonly string[]
}

function detect({ messages = [user('')], tools = [] }: Asked, detector = builtIn) {
  const offered = tools.map((name): ToolDefinition => ({ name, parameters: {} }))
  return detector.detect({ messages, tools: offered }) as readonly DetectedTask[]
}

function user(text: string, ...mediaTypes: readonly (string | FileContent)[]): ChatMessage {
  const files = mediaTypes.map((file) =>
    typeof file === 'string' ? ({ type: 'file', mediaType: file, data: 'AAAA' } as const) : file,
  )
  return { role: 'user', content: [{ type: 'text', text }, ...files] }
}

function file(name: string, mediaType: string): FileContent {
  return { type: 'file', mediaType, data: 'AAAA', name }
}

function called(...names: readonly string[]): readonly ChatMessage[] {
  return [
    {
      role: 'assistant',
      content: '',
      toolCalls: names.map((name, at) => ({ id: `call-${at}`, name, input: {} })),
    },
    ...names.map((_, at): ChatMessage => {
      return { role: 'tool', toolCallId: `call-${at}`, content: 'done' }
    }),
  ]
}

describe('tools', () => {
  it('has the specification’s table word for word', () => {
    expect(TOOL_TO_TASK_TYPE).toEqual({
      code_execute: 'code',
      document_ingest: 'document',
      http_fetch: 'research',
      file_read: 'file_ops',
      canvas_append: 'canvas',
      dalle3_image_gen: 'image_gen',
      mermaid_diagram: 'diagram',
      playwright_screenshot: 'screenshot',
    })
  })

  it.each(Object.entries(TOOL_TO_TASK_TYPE))('takes a call of %s for %s', (name, type) => {
    const expected = [{ type, source: 'tool', confidence: 'high', matches: 1 }]
    expect(detect({ messages: [user('Go on'), ...called(name)] })).toEqual(expected)
    expect(detect({ tools: [name] })).toEqual(expected)
  })

  it('counts calls, and takes them over what was only offered', () => {
    const messages = [user('Go on'), ...called('http_fetch', 'http_fetch', 'code_execute')]
    expect(detect({ messages, tools: ['dalle3_image_gen'] })).toMatchObject([
      { type: 'research', matches: 2 },
      { type: 'code', matches: 1 },
    ])
  })

  it('keeps the order of the table on a tie', () => {
    const messages = [user('Go on'), ...called('file_read', 'code_execute')]
    expect(detect({ messages }).map(({ type }) => type)).toEqual(['code', 'file_ops'])
  })

  it('takes offered tools that agree, known ones only', () => {
    expect(detect({ tools: ['code_execute', 'get_weather'] })[0]?.type).toBe('code')
  })

  it('learns nothing from a toolbox', () => {
    const tools = ['code_execute', 'http_fetch']
    expect(detect({ tools })).toEqual([])
    expect(detect({ tools, messages: [user('Translate this')] })[0]?.type).toBe('translation')
  })

  it('does not know tools by the names of object members', () => {
    expect(detect({ tools: ['constructor', 'toString', '__proto__'] })).toEqual([])
  })

  it('takes a call over keywords and adds the keywords that agree', () => {
    const messages = [user('Translate this Python script'), ...called('code_execute')]
    expect(detect({ messages })[0]).toEqual({
      type: 'code',
      source: 'tool',
      confidence: 'high',
      matches: 3,
    })
  })

  it('takes a table of the host’s in place of its own', () => {
    const detector = createBuiltInDetector({ tools: { sql_query: 'analysis' } })
    expect(detect({ tools: ['sql_query'] }, detector)[0]?.type).toBe('analysis')
    expect(detect({ tools: ['code_execute'] }, detector)).toEqual([])
  })

  it('extends its table by spreading', () => {
    const detector = createBuiltInDetector({ tools: { ...TOOL_TO_TASK_TYPE, sql_query: 'code' } })
    expect(detect({ tools: ['sql_query', 'code_execute'] }, detector)).toMatchObject([
      { type: 'code', matches: 2 },
    ])
  })
})

describe('attachments', () => {
  it.each([
    ['application/pdf', 'document'],
    ['image/png', 'image'],
    ['IMAGE/JPEG', 'image'],
    ['audio/mpeg', 'audio'],
    ['video/mp4', 'video'],
    ['text/csv', 'analysis'],
    ['text/x-python', 'code'],
    ['text/plain', 'document'],
    ['application/vnd.ms-powerpoint', 'slides'],
    ['application/zip', 'file_ops'],
    ...Object.entries(MEDIA_TYPE_TO_TASK_TYPE).filter(([mediaType]) => !mediaType.endsWith('*')),
  ])('takes %s for %s', (mediaType, type) => {
    expect(detect({ messages: [user('Here', mediaType)] })).toEqual([
      { type, source: 'attachment', confidence: 'high', matches: 1 },
    ])
  })

  it.each([
    ['main.py', 'text/plain', 'code'],
    ['Slides.PPTX', 'application/octet-stream', 'slides'],
    ['notes.txt', 'text/plain', 'document'],
    ['picture.png', 'application/pdf', 'document'],
  ])('asks the name %s where %s says nothing', (name, mediaType, type) => {
    expect(detect({ messages: [user('Here', file(name, mediaType))] })[0]?.type).toBe(type)
  })

  it.each(['application/octet-stream', 'application/x-unheard-of', 'nonsense', ''])(
    'sees nothing in %j',
    (mediaType) => {
      expect(detect({ messages: [user('Here', file('constructor', mediaType))] })).toEqual([])
    },
  )

  it('takes them over keywords', () => {
    expect(detect({ messages: [user('Translate this', 'image/png')] })[0]).toMatchObject({
      type: 'image',
      source: 'attachment',
    })
  })

  it('lets the text decide between attachments', () => {
    const both = ['image/png', 'application/pdf']
    expect(detect({ messages: [user('Compare', ...both)] })[0]?.type).toBe('document')
    expect(detect({ messages: [user('The picture', ...both)] })[0]?.type).toBe('image')
  })

  it('loses a tie against a tool', () => {
    expect(detect({ messages: [user('Go', 'image/png')], tools: ['code_execute'] })[0]?.type).toBe(
      'code',
    )
  })
})

describe('a conversation', () => {
  const earlier = [
    user('What is this?', 'image/png'),
    { role: 'assistant', content: 'A cat' },
  ] as const

  it('goes on about an earlier attachment while nothing newer is said', () => {
    expect(detect({ messages: [...earlier, user('And in the corner?')] })[0]).toMatchObject({
      type: 'image',
      confidence: 'high',
    })
  })

  it('leaves it for what is asked now', () => {
    expect(detect({ messages: [...earlier, user('Now write a script')] })[0]?.type).toBe('code')
  })

  it('goes on with an earlier tool, and leaves it likewise', () => {
    const drew = [user('Draw a cat'), ...called('dalle3_image_gen')]
    expect(detect({ messages: [...drew, user('Bluer')] })[0]?.type).toBe('image_gen')
    expect(detect({ messages: [...drew, user('Summarize it')] })[0]?.type).toBe('summarization')
  })

  it('reads only the newest message of the user for keywords', () => {
    const messages = [user('Write a Python script'), user('Thanks!')]
    expect(detect({ messages })).toEqual([])
  })

  it('reads nothing of what the system or the assistant says', () => {
    const messages: readonly ChatMessage[] = [
      { role: 'system', content: 'You translate code' },
      { role: 'assistant', content: 'I review reports' },
      { role: 'tool', toolCallId: 'call', content: 'pdf' },
    ]
    expect(detect({ messages })).toEqual([])
    expect(detect({ messages: [] })).toEqual([])
  })
})

it('takes keyword tables of the host’s', () => {
  const detector = createBuiltInDetector({
    keywords: { legal: ['contract'], ...KEYWORD_TO_TASK_TYPE },
    languages: [],
  })
  expect(detect({ messages: [user('the contract report')] }, detector)[0]?.type).toBe('legal')
  expect(detect({ messages: [user('der Bericht')] }, detector)).toEqual([])
})
