/**
 * A page for tests of components, imported before anything that looks for one. Unlike the test
 * runner's own environment it leaves Node's `fetch`, `Request` and `AbortSignal` where they are, so
 * that a real server answers in the same process.
 */
import { Window } from 'happy-dom'

const window = new Window({ url: 'http://localhost/' })
const OF_THE_PAGE = ['navigator', 'localStorage', 'Event', 'CustomEvent', 'EventTarget', 'MouseEvent']

for (const name of allNames(window)) {
  if (name in globalThis && !OF_THE_PAGE.includes(name)) continue
  const value: unknown = Reflect.get(window, name)
  const isPlainFunction = typeof value === 'function' && !/^[A-Z]/.test(name)
  Object.defineProperty(globalThis, name, {
    configurable: true,
    writable: true,
    value: isPlainFunction ? value.bind(window) : value,
  })
}
Object.assign(globalThis, { window, self: window, IS_REACT_ACT_ENVIRONMENT: true })
// Without a layout nothing has a size, and a list of no height shows no rows.
const div = window.document.createElement('div')
for (const [name, value] of Object.entries({ clientHeight: 900, clientWidth: 400, offsetHeight: 40 })) {
  Object.defineProperty(ownerOf(div, name), name, { get: () => value })
}

function ownerOf(object: object, name: string): object {
  let at: object = object
  while (!Object.hasOwn(at, name)) at = Object.getPrototypeOf(at) as object
  return at
}

function allNames(object: object): readonly string[] {
  const names: string[] = []
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    names.push(...Object.getOwnPropertyNames(at).filter((name) => name !== 'constructor'))
  }
  return [...new Set(names)]
}
