import { createOpenAI } from '@ai-sdk/openai'
import { generateText, streamText } from 'ai'
import type { LanguageModel } from 'ai'
import { createFallback } from 'ai-fallback'

import { KEY, QUESTION } from '../contender.ts'
import type { Contender, Course } from '../contender.ts'
import { MODEL, OTHER_MODELS, baseUrlOf } from '../server-mode.ts'

/** The AI SDK with one model: what its fallback wrapper is built on. */
export async function aiSdk(course: Course): Promise<Contender> {
  return contender(course, modelOf(course, MODEL))
}

/** The AI SDK with a second model to fall back on. */
export async function aiFallback(course: Course): Promise<Contender> {
  const names = [MODEL, ...OTHER_MODELS.slice(0, 1)]
  const models = names.map((name) => modelOf(course, name))
  return contender(course, createFallback({ models }))
}

function modelOf({ serverUrl, mode }: Course, name: string): ReturnType<OpenAiProvider['chat']> {
  return createOpenAI({ apiKey: KEY, baseURL: baseUrlOf(serverUrl, mode) }).chat(name)
}

type OpenAiProvider = ReturnType<typeof createOpenAI>

function contender({ mode }: Course, model: LanguageModel): Contender {
  const request = { model, prompt: QUESTION, maxRetries: 0 }
  return {
    call: async (onText) => {
      if (!mode.isStreamed) {
        onText((await generateText(request)).text)
        return
      }
      const { textStream } = streamText(request)
      for await (const text of textStream) onText(text)
    },
    close: async () => {},
  }
}
