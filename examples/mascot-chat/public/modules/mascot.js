const LABELS = {
  idle: 'Pip, the mascot',
  thinking: 'Pip, the mascot, is thinking',
  talking: 'Pip, the mascot, is talking',
  sorry: 'Pip, the mascot, is sorry',
}

/** Draws the mascot in every place for it and gives what changes its mood. */
export function drawMascot(document) {
  const drawing = document.getElementById('mascot-drawing')
  const figures = [...document.querySelectorAll('[data-mascot]')].map((place) => {
    place.append(drawing.content.cloneNode(true))
    return place.querySelector('svg')
  })
  const status = document.getElementById('mascot-status')
  return (state, text) => {
    for (const figure of figures) {
      figure.setAttribute('data-state', state)
      figure.setAttribute('aria-label', LABELS[state])
    }
    status.replaceChildren(text)
  }
}
