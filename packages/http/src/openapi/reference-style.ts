/** The style of the reference page: readable in light and dark, on a phone and on paper. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 7%, transparent) }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 15rem minmax(0, 1fr) }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line) }
nav h1 { font-size: 1.1rem; margin: 0 0 1rem }
nav ul { list-style: none; padding: 0; margin: 0 }
nav li { padding: .15rem 0 }
small { opacity: .65 }
a { color: inherit; text-underline-offset: .2em }
main { padding: 1.5rem 2rem; max-width: 68rem }
h2 { font-size: 1.25rem; margin: 2rem 0 .75rem }
h3 { font-size: .9rem; margin: 1.25rem 0 .4rem }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; padding: 0 .9rem }
details[open] { padding-bottom: .6rem }
summary { cursor: pointer; padding: .55rem 0; display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: baseline }
summary b { display: inline-block; width: 4.2rem; font: 600 12px ui-monospace, monospace }
summary span { opacity: .8 }
.get { color: light-dark(#05618f, #6cc7f5) }
.post { color: light-dark(#17652f, #77d490) }
.put, .patch { color: light-dark(#7a4a00, #f0bd6a) }
.delete { color: light-dark(#a3201d, #ff9d96) }
code, pre { font: 13px/1.45 ui-monospace, monospace }
summary code { overflow-wrap: anywhere }
pre { background: var(--soft); padding: .7rem .9rem; border-radius: 6px; overflow: auto; margin: .4rem 0; max-height: 30rem }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line) }
p { margin: .5rem 0 }
@media (max-width: 50rem) { body { display: block } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line) } main { padding: 1rem } }
`
