import { ConfigError } from '@imrs/core'
import type { TaskType } from '@imrs/core'

import type { Keyword, KeywordLanguage, KeywordTable } from './tables/keywords.ts'
import { gluedRunsOf, normalize, wordsOf } from './text-tokens.ts'

/** What a form stands for. `type` is `undefined` for forms that mean no task: `zip code`. */
export interface KeywordTarget {
  readonly type: TaskType | undefined
  /** The same for all forms of one word, so that they count once. */
  readonly word: string
}

/** The tokens of a phrase, one step each. */
export interface PhraseNode {
  target: KeywordTarget | undefined
  readonly next: Map<string, PhraseNode>
}

/** A form of a language whose words are not set apart. */
export interface CharacterForm {
  readonly form: string
  readonly target: KeywordTarget
}

/** Keywords of all languages, made for one pass over a text. */
export interface KeywordIndex {
  /** In the order that breaks ties. */
  readonly types: readonly TaskType[]
  readonly phrases: ReadonlyMap<string, PhraseNode>
  /** Words by how they begin: `übersetz*`. */
  readonly stems: ReadonlyMap<string, KeywordTarget>
  /** By first UTF-16 unit, the longest form first. */
  readonly characters: ReadonlyMap<string, readonly CharacterForm[]>
}

interface MutableIndex {
  readonly types: Set<TaskType>
  readonly phrases: Map<string, PhraseNode>
  readonly stems: Map<string, KeywordTarget>
  readonly characters: Map<string, CharacterForm[]>
}

/** Compiles once what is then looked up for every request. A form that was given before keeps its meaning. */
export function compileKeywords(
  keywords: KeywordTable,
  languages: readonly KeywordLanguage[],
): KeywordIndex {
  const index: MutableIndex = {
    types: new Set(),
    phrases: new Map(),
    stems: new Map(),
    characters: new Map(),
  }
  addLanguage(index, { code: 'und', keywords })
  for (const language of languages) addLanguage(index, language)
  for (const forms of index.characters.values()) {
    forms.sort((left, right) => right.form.length - left.form.length)
  }
  return { ...index, types: [...index.types] }
}

function addLanguage(index: MutableIndex, language: KeywordLanguage): void {
  for (const [type, keywords] of Object.entries(language.keywords)) {
    index.types.add(type)
    for (const keyword of keywords) {
      const forms = formsOf(keyword)
      const target = { type, word: normalize(forms[0]) }
      for (const form of forms) addForm(index, language, { form, target })
    }
  }
  for (const form of language.ignored ?? []) {
    addForm(index, language, { form, target: { type: undefined, word: form } })
  }
}

function formsOf(keyword: Keyword): readonly [string, ...string[]] {
  return typeof keyword === 'string' ? [keyword] : keyword
}

function addForm(
  index: MutableIndex,
  language: KeywordLanguage,
  { form, target }: CharacterForm,
): void {
  for (const prefix of ['', ...(language.prefixes ?? [])]) {
    const text = normalize(prefix + form)
    if (isGlued(text)) {
      addCharacters(index.characters, { form: text, target })
    } else if (text.endsWith('*')) {
      const stem = text.slice(0, -1)
      if (!index.stems.has(stem)) index.stems.set(stem, target)
    } else if (wordsOf(text).length > 0 && gluedRunsOf(text).length === 0) {
      addPhrase(index.phrases, text, target)
    } else {
      throw new ConfigError(
        `A keyword must be words of one kind of script, without spaces where its script has none; got \`${form}\``,
      )
    }
  }
}

function isGlued(text: string): boolean {
  return gluedRunsOf(text)[0]?.text === text
}

function addCharacters(characters: Map<string, CharacterForm[]>, added: CharacterForm): void {
  const key = added.form.charAt(0)
  const forms = characters.get(key)
  if (forms === undefined) characters.set(key, [added])
  else if (forms.every((known) => known.form !== added.form)) forms.push(added)
}

function addPhrase(phrases: Map<string, PhraseNode>, phrase: string, target: KeywordTarget): void {
  let level = phrases
  let node: PhraseNode | undefined
  for (const { text: token } of wordsOf(phrase)) {
    node = level.get(token)
    if (node === undefined) {
      node = { target: undefined, next: new Map() }
      level.set(token, node)
    }
    level = node.next
  }
  if (node !== undefined) node.target ??= target
}
