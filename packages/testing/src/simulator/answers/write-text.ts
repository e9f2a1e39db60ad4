import type { TemplateSet } from '../data/templates.ts'
import {
  CREATIVE_FORMS,
  FACTS,
  REASONING_TEMPLATES,
  TEMPLATES,
  TOOL_RESULT_TEMPLATES,
} from '../data/templates.ts'
import type { SimulatedTask } from '../models.ts'
import { fairCodeAnswer, goodCodeAnswer } from './code-answer.ts'
import { excerptOf, subjectOf } from './excerpt.ts'
import {
  fairCalculation,
  findCalculation,
  goodCalculation,
  poorCalculation,
} from './math-answer.ts'
import type { AnswerLevel } from './quality.ts'
import { seededPick } from './seeded.ts'
import { fairTranslation, goodTranslation } from './translation-answer.ts'

/** What an answer is written from. */
export interface TextOrder {
  readonly prompt: string
  readonly task: SimulatedTask
  readonly level: AnswerLevel
  readonly modelName: string
  readonly seed: number
}

type Writer = (order: TextOrder) => string | undefined

const writers: Partial<Record<SimulatedTask, Writer>> = {
  code: ({ prompt, level, ...order }) => {
    if (level === 'good') return goodCodeAnswer(prompt)
    if (level === 'poor') return undefined
    return fairCodeAnswer(prompt, fill(pick(TEMPLATES.code, { prompt, level, ...order }), prompt))
  },
  translation: ({ prompt, level }) => {
    if (level === 'poor') return undefined
    return level === 'good' ? goodTranslation(prompt) : fairTranslation(prompt)
  },
  math: ({ prompt, level }) => {
    const calculation = findCalculation(prompt)
    if (calculation === undefined) return undefined
    if (level === 'good') return goodCalculation(calculation)
    return level === 'fair' ? fairCalculation(calculation) : poorCalculation(calculation)
  },
  creative: ({ prompt, level }) => {
    const form = /\b(story|tale)\b/i.test(prompt) ? CREATIVE_FORMS.story : CREATIVE_FORMS.poem
    return level === 'good' ? fill(form, prompt) : undefined
  },
  general: ({ prompt, level, modelName }) => {
    const fact = FACTS.find(([pattern]) => pattern.test(prompt))?.[1]
    return level === 'poor' ? undefined : fact?.replaceAll('{model}', modelName)
  },
}

/** Writes the answer: Markdown, short, and as good or bad as the level says. */
export function writeText(order: TextOrder): string {
  return writers[order.task]?.(order) ?? fill(pick(TEMPLATES[order.task], order), order.prompt)
}

/** Writes the answer that follows a tool's result. */
export function writeToolResultText(
  order: TextOrder,
  tool: { readonly name: string; readonly result: string },
): string {
  return fill(pick(TOOL_RESULT_TEMPLATES, order), order.prompt)
    .replaceAll('{tool}', tool.name)
    .replaceAll('{result}', excerptOf(tool.result))
}

/** Writes what the model thinks before it answers. */
export function writeReasoning({ prompt, seed }: Pick<TextOrder, 'prompt' | 'seed'>): string {
  return fill(seededPick(REASONING_TEMPLATES, seed, prompt, 'reasoning'), prompt)
}

function pick(set: TemplateSet, { level, seed, prompt, modelName }: TextOrder): string {
  return seededPick(set[level], seed, modelName, prompt, 'template')
}

function fill(template: string, prompt: string): string {
  const [first, second, third] = sentencesOf(prompt)
  const values: Readonly<Record<string, string>> = {
    subject: subjectOf(prompt),
    Subject: capitalize(subjectOf(prompt)),
    excerpt: excerptOf(prompt),
    first: first ?? `It is about ${subjectOf(prompt)}.`,
    second: second ?? 'What matters most is said at the beginning.',
    third: third ?? 'The rest supports it with examples.',
  }
  return template.replace(/\{(subject|Subject|excerpt|first|second|third)\}/g, (_, name: string) =>
    String(values[name]),
  )
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The sentences of the text to be summed up, which begins after the first colon or line. */
function sentencesOf(prompt: string): readonly string[] {
  const body = /[:\n]\s*(.{40,})$/s.exec(prompt)?.[1] ?? ''
  return body
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim().slice(0, 160))
    .filter((sentence) => sentence !== '')
}
