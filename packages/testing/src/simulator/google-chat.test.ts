import { FunctionCallingConfigMode, GoogleGenAI, Type } from '@google/genai'
import { describe, expect, it, onTestFinished } from 'vitest'

import { startSimulator } from './index.ts'
import type { Simulator } from './index.ts'

async function start(): Promise<{ simulator: Simulator; ai: GoogleGenAI }> {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const ai = new GoogleGenAI({
    apiKey: simulator.keys.google,
    apiVersion: 'v1beta',
    httpOptions: { baseUrl: simulator.baseUrls.google },
  })
  return { simulator, ai }
}

const model = 'gemini-2.5-flash'
const contents = 'Translate "good morning, my friend" into German'
const weather = {
  name: 'get_weather',
  parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } } },
}

describe('chat with Gemini', () => {
  it('answers, thinks without being asked, and counts thoughts apart', async () => {
    const { simulator, ai } = await start()
    const answer = await ai.models.generateContent({ model, contents })
    expect(answer.text).toContain('guten Morgen'.slice(1))
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP')
    expect(answer.modelVersion).toBe(model)
    const usage = answer.usageMetadata
    expect(usage?.thoughtsTokenCount).toBeGreaterThan(0)
    expect(usage?.totalTokenCount).toBe(
      (usage?.promptTokenCount ?? 0) +
        (usage?.candidatesTokenCount ?? 0) +
        (usage?.thoughtsTokenCount ?? 0),
    )
    expect(usage).not.toHaveProperty('cachedContentTokenCount')
    expect(simulator.calls[0]).toMatchObject({ dialect: 'google', model, task: 'translation' })
  })

  it('streams the same answer', async () => {
    const { ai } = await start()
    const whole = await ai.models.generateContent({ model, contents })
    const chunks = []
    for await (const chunk of await ai.models.generateContentStream({ model, contents })) {
      chunks.push(chunk)
    }
    expect(chunks.map(({ text }) => text ?? '').join('')).toBe(whole.text)
    expect(chunks.length).toBeGreaterThan(2)
    expect(chunks.at(-1)?.candidates?.[0]?.finishReason).toBe('STOP')
    expect(chunks.at(-1)?.usageMetadata).toEqual(whole.usageMetadata)
    for (const chunk of chunks.slice(0, -1)) {
      expect(chunk.candidates?.[0]).not.toHaveProperty('finishReason')
    }
  })

  it('shows its thoughts when asked, and does not think when told not to', async () => {
    const { ai } = await start()
    const shown = await ai.models.generateContent({
      model,
      contents,
      config: { thinkingConfig: { includeThoughts: true } },
    })
    expect(shown.candidates?.[0]?.content?.parts?.[0]).toMatchObject({ thought: true })
    const silent = await ai.models.generateContent({
      model,
      contents,
      config: { thinkingConfig: { thinkingBudget: 0 } },
    })
    expect(silent.usageMetadata).not.toHaveProperty('thoughtsTokenCount')
  })

  it('may think its whole allowance away', async () => {
    const { ai } = await start()
    const answer = await ai.models.generateContent({
      model,
      contents,
      config: { maxOutputTokens: 3 },
    })
    expect(answer.candidates?.[0]?.finishReason).toBe('MAX_TOKENS')
    expect(answer.text ?? '').toBe('')
  })

  it('calls functions, signed by Gemini 3, and talks about the result', async () => {
    const { ai } = await start()
    const signing = 'gemini-3-flash-preview'
    const config = {
      tools: [{ functionDeclarations: [weather] }],
      toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
    }
    const question = { role: 'user', parts: [{ text: 'How warm is it in Paris?' }] }
    const stream = await ai.models.generateContentStream({
      model: signing,
      contents: [question],
      config,
    })
    const calls = []
    for await (const chunk of stream) calls.push(...(chunk.candidates?.[0]?.content?.parts ?? []))
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      functionCall: { name: 'get_weather', args: { city: expect.any(String) } },
      thoughtSignature: expect.any(String),
    })
    const result = {
      role: 'user',
      parts: [{ functionResponse: { name: 'get_weather', response: { celsius: 21 } } }],
    }
    const final = await ai.models.generateContent({
      model: signing,
      contents: [question, { role: 'model', parts: calls }, result],
      config: { tools: config.tools },
    })
    expect(final.text).toContain('get_weather')
  })

  it('gives JSON that fits a response schema', async () => {
    const { ai } = await start()
    const answer = await ai.models.generateContent({
      model,
      contents: 'List two rivers',
      config: {
        responseMimeType: 'application/json',
        responseSchema: { type: Type.ARRAY, items: { type: Type.STRING } },
      },
    })
    expect(JSON.parse(answer.text ?? '')).toEqual([expect.any(String), expect.any(String)])
  })

  it('counts tokens, images among them', async () => {
    const { ai } = await start()
    const image = { inlineData: { mimeType: 'image/png', data: 'AAAA' } }
    const { totalTokens } = await ai.models.countTokens({ model, contents: ['what?', image] })
    expect(totalTokens).toBe(260)
  })

  it('says cached tokens and the finish reason that a script gives', async () => {
    const { simulator, ai } = await start()
    simulator.script(
      { dialect: 'google' },
      {
        type: 'respond',
        text: 'No.',
        finish: 'content-filter',
        usage: { inputTokens: 100, cachedInputTokens: 90, outputTokens: 12, reasoningTokens: 10 },
      },
    )
    const answer = await ai.models.generateContent({ model, contents })
    expect(answer.candidates?.[0]?.finishReason).toBe('SAFETY')
    expect(answer.usageMetadata).toMatchObject({
      promptTokenCount: 100,
      cachedContentTokenCount: 90,
      candidatesTokenCount: 2,
      thoughtsTokenCount: 10,
      totalTokenCount: 112,
    })
  })

  it('answers a stream without `alt=sse` as one list', async () => {
    const { simulator } = await start()
    const response = await fetch(
      `${simulator.baseUrls.google}/v1beta/models/${model}:streamGenerateContent`,
      {
        method: 'POST',
        headers: { 'x-goog-api-key': simulator.keys.google },
        body: JSON.stringify({ contents: [{ parts: [{ text: 'hi' }] }] }),
      },
    )
    expect(await response.json()).toEqual(expect.arrayContaining([expect.any(Object)]))
  })

  it('refuses what is no chat model', async () => {
    const { ai } = await start()
    const ask = (id: string): Promise<unknown> => ai.models.generateContent({ model: id, contents })
    await expect(ask('gemini-9')).rejects.toMatchObject({ status: 404 })
    await expect(ask('gemini-embedding-001')).rejects.toMatchObject({ status: 404 })
    await expect(ask('gemini-2.5-flash-preview-tts')).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('AUDIO'),
    })
  })
})
