const NEAR_PX = 80

/** Follows the answer as it grows, until the reader scrolls away from the end. */
export function followEnd(area, button) {
  let isFollowing = true
  const toEnd = () => area.scrollTo({ top: area.scrollHeight })
  const isAtEnd = () => area.scrollHeight - area.scrollTop - area.clientHeight < NEAR_PX
  area.addEventListener('scroll', () => {
    isFollowing = isAtEnd()
    button.toggleAttribute('hidden', isFollowing)
  })
  button.addEventListener('click', toEnd)
  new ResizeObserver(() => {
    if (isFollowing) toEnd()
  }).observe(area)
  return ({ isNew = false } = {}) => {
    if (isNew) isFollowing = true
    if (isFollowing) toEnd()
    else button.toggleAttribute('hidden', isAtEnd())
  }
}
