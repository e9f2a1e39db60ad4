import type { PhraseLanguage } from '../data/phrases.ts'
import { LANGUAGE_PATTERNS, PHRASES } from '../data/phrases.ts'

const QUOTED = /["“«'‘]([^"”»]{2,})["”»'’]/
const AFTER_VERB = /translat\w*(?: this| the following)?(?: text| sentence)?\s*:?\s*(.+)/is
const LANGUAGE_PHRASE =
  /\s*\b(?:in|to|into|from)\s+(?:french|german|spanish|italian|english)\b[:\s]*/gi

/** A translation by phrasebook, with the words it does not know left as they are. */
export function goodTranslation(prompt: string): string {
  const language = languageOf(prompt)
  const source = sourceOf(prompt)
  return `**${language}:** ${capitalize(translate(source, language))}\n\n> ${source}\n\nThe tone is neutral and polite; among friends it may be shorter.`
}

/** A translation without its phrases: word by word, as a dictionary would have it. */
export function fairTranslation(prompt: string): string {
  const language = languageOf(prompt)
  const words = sourceOf(prompt)
    .split(' ')
    .map((word) => translate(word, language))
  return `${language}: ${words.join(' ')}`
}

function languageOf(prompt: string): PhraseLanguage {
  return LANGUAGE_PATTERNS.find(([, pattern]) => pattern.test(prompt))?.[0] ?? 'French'
}

function sourceOf(prompt: string): string {
  const found = QUOTED.exec(prompt)?.[1] ?? AFTER_VERB.exec(prompt)?.[1] ?? prompt
  return found.replace(LANGUAGE_PHRASE, ' ').replace(/\s+/g, ' ').trim().slice(0, 200)
}

function translate(text: string, language: PhraseLanguage): string {
  return Object.entries(PHRASES).reduce(
    (translated, [phrase, translations]) =>
      translated.replace(new RegExp(`\\b${phrase}\\b`, 'gi'), translations[language]),
    text,
  )
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
