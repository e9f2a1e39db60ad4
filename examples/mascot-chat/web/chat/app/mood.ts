import type { AnswerEntry, ChatState } from '@imrs/react'

import type { Mood } from '../mascot/mascot.tsx'

export interface MoodNews {
  readonly mood: Mood
  /** Below the mascot's name. */
  readonly text: string
  /** For who cannot see it; of beginnings and ends, never of words. */
  readonly spoken: string
}

/** How the mascot feels about a conversation. */
export function moodOf({ messages, status }: ChatState): MoodNews {
  const last = messages.at(-1)
  if (last?.role !== 'assistant') return { mood: 'idle', text: 'Ready when you are', spoken: '' }
  const name = last.modelName ?? last.model ?? ''
  if (status === 'waiting') {
    return {
      mood: 'thinking',
      text: name === '' ? 'Thinking …' : `Thinking with ${name} …`,
      spoken: name === '' ? 'Sent.' : `${name} is answering.`,
    }
  }
  if (status === 'streaming') {
    return { mood: 'talking', text: `Answering with ${name} …`, spoken: `${name} is answering.` }
  }
  return ended(last, name)
}

function ended({ status, failure }: AnswerEntry, name: string): MoodNews {
  if (status === 'failed') {
    const spoken = `No answer. ${failure?.message ?? ''}`
    return { mood: 'sorry', text: 'Sorry, that did not work', spoken }
  }
  if (status === 'stopped') return { mood: 'idle', text: 'Stopped', spoken: 'Stopped.' }
  return { mood: 'idle', text: 'Ready when you are', spoken: `${name} has answered.` }
}
