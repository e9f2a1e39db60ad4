import { useModel } from '@imrs/react'
import type { Chat } from '@imrs/react'
import { useEffect, useRef } from 'react'

import { useDirectory } from '../app/config.tsx'
import { useSay } from '../app/status-line.tsx'

/** Says that the model is being switched, and how it went; names the one that finishes an answer. */
export function useSwitchNews(chat: Chat): void {
  const { model, isSaving, error, notices } = useModel()
  const directory = useDirectory()
  const say = useSay()
  const wasSaving = useRef(false)
  // What is said is of the moment of the switch: later names and answers are no news.
  const latest = useRef({ directory, chat, notices, error })
  useEffect(() => {
    latest.current = { directory, chat, notices, error }
  })
  useEffect(() => {
    const { nameOf } = latest.current.directory
    const name = nameOf(model)
    if (isSaving) {
      wasSaving.current = true
      say(`Switching to ${name} …`, { stays: true })
      return
    }
    if (!wasSaving.current) return
    wasSaving.current = false
    const { error: problem, notices: told } = latest.current
    const isLocal = told.some(({ type }) => type === 'not-saved')
    if (problem !== undefined && !isLocal) {
      say(`Still using ${name}. ${problem.message}`, { tone: 'bad', stays: true })
      return
    }
    const answering = latest.current.chat.getSnapshot().running?.model
    const rest =
      answering === undefined || answering === model
        ? '.'
        : `; the answer in progress stays on ${nameOf(answering)}.`
    say(`Now using ${name}${rest}`, { tone: 'good' })
  }, [isSaving, model, say])
}
