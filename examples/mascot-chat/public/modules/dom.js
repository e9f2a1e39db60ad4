const SVG = 'http://www.w3.org/2000/svg'

/** Outlines of the icons, drawn in a square of 24. */
const ICONS = {
  plus: ['M12 5v14M5 12h14'],
  up: ['M12 19V5m-6 6 6-6 6 6'],
  down: ['M12 5v14m-6-6 6 6 6-6'],
  stop: ['M7.5 7.5h9v9h-9z'],
  chevron: ['m6 9.5 6 6 6-6'],
  check: ['m5 12.5 4.5 4.5L19 7.5'],
  spark: ['M12 3.5 13.8 10 20.5 12l-6.7 2L12 20.5 10.2 14 3.5 12l6.7-2z'],
  model: [
    'M12 3.5 19.4 7.75v8.5L12 20.5l-7.4-4.25v-8.5z',
    'M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  ],
  swap: ['M4 8h13m-3.5-4L17.5 8l-4 4', 'M20 16H7m3.5-4-4 4 4 4'],
  warn: ['M12 4 21 19.5H3z', 'M12 10v4m0 2.5v.01'],
  copy: ['M9 9h11v11H9z', 'M5.5 15H4V4h11v1.5'],
  again: ['M19.5 12a7.5 7.5 0 1 1-2.3-5.4', 'M19.5 3.5V8H15'],
  'thumb-up': [
    'M7.5 11v9H4v-9z',
    'M7.5 11 11 3.8c1.5 0 2.6 1 2.6 2.5V9.5h4.9a2 2 0 0 1 2 2.3l-1 6.5a2 2 0 0 1-2 1.7h-10',
  ],
  'thumb-down': [
    'M16.5 13V4H20v9z',
    'M16.5 13 13 20.2c-1.5 0-2.6-1-2.6-2.5v-3.2H5.5a2 2 0 0 1-2-2.3l1-6.5a2 2 0 0 1 2-1.7h10',
  ],
}

/**
 * Makes an element. `text`, `class` and `on` (listeners by event) are what they say; everything else
 * is an attribute, left out when `undefined` or `false`.
 */
export function element(tag, properties = {}, ...children) {
  const { text, on = {}, ...attributes } = properties
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    node.setAttribute(name, value === true ? '' : String(value))
  }
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener)
  if (text !== undefined) node.append(text)
  node.append(...children.filter((child) => child !== undefined))
  return node
}

export function icon(name) {
  const node = document.createElementNS(SVG, 'svg')
  node.setAttribute('class', 'icon')
  node.setAttribute('viewBox', '0 0 24 24')
  node.setAttribute('aria-hidden', 'true')
  for (const outline of ICONS[name] ?? []) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', outline)
    node.append(path)
  }
  return node
}

/** Draws the icons that the page's HTML asks for by `data-icon`. */
export function drawIcons(root) {
  for (const place of root.querySelectorAll('[data-icon]')) {
    place.replaceChildren(icon(place.dataset.icon))
  }
}

export function byId(id) {
  return document.getElementById(id)
}
