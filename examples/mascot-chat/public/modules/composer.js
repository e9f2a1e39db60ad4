import { byId } from './dom.js'

/** The message box: Enter sends, Shift+Enter begins a line, the box grows with the text. */
export function createComposer(conversation, { status }) {
  const form = byId('composer')
  const box = byId('message')
  const send = byId('send')
  const stop = byId('stop')
  const fit = () => {
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
    send.disabled = box.value.trim() === ''
  }
  const submit = () => {
    const text = box.value.trim()
    if (text === '') return
    if (conversation.isAnswering) {
      status.say('The answer is still coming. Stop it first, or wait for its end.')
      return
    }
    box.value = ''
    fit()
    void conversation.ask(text)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  box.addEventListener('input', fit)
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  stop.addEventListener('click', () => conversation.stop())
  conversation.addEventListener('change', () => {
    const { isAnswering } = conversation
    // The button that had the focus goes away: the focus moves on to the one in its place.
    const hadFocus = document.activeElement === send || document.activeElement === stop
    send.hidden = isAnswering
    stop.hidden = !isAnswering
    if (hadFocus) (isAnswering ? stop : box).focus({ preventScroll: true })
  })
  fit()
  return { focus: () => box.focus({ preventScroll: true }) }
}
