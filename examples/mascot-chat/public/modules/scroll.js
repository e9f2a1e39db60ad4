const NEAR_PX = 80

/**
 * Follows the conversation as it grows, until the reader scrolls away from its end. Gives what goes
 * to the end again, for a new message.
 */
export function followEnd({ area, content, button }) {
  let isFollowing = true
  const isAtEnd = () => area.scrollHeight - area.scrollTop - area.clientHeight < NEAR_PX
  const toEnd = () => {
    isFollowing = true
    area.scrollTo({ top: area.scrollHeight })
  }
  const onChange = () => {
    // An empty conversation shows its greeting from the top.
    if (content.childElementCount === 0) area.scrollTo({ top: 0 })
    else if (isFollowing) toEnd()
    button.toggleAttribute('hidden', isFollowing || isAtEnd())
  }
  area.addEventListener('scroll', () => {
    isFollowing = isAtEnd()
    button.toggleAttribute('hidden', isFollowing)
  })
  button.addEventListener('click', toEnd)
  const observer = new ResizeObserver(onChange)
  observer.observe(area)
  observer.observe(content)
  return toEnd
}
