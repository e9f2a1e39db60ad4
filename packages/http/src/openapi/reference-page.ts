import { createHash } from 'node:crypto'

import type { OpenApiDocument } from './openapi-document.ts'
import { REFERENCE_STYLE } from './reference-style.ts'
import { schemaText } from './schema-text.ts'

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, Answer>>
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly description?: string
  readonly schema: object
}

interface Answer {
  readonly description: string
  readonly content?: Content
}

type Content = Readonly<Record<string, { readonly schema: object }>>

interface PlacedOperation extends Operation {
  readonly method: string
  readonly path: string
}

/** What a browser may do with the page: show it, with the one style that is in it. */
export const REFERENCE_POLICY: string = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(REFERENCE_STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

/** A page that shows an OpenAPI document to people. Runs no script and loads nothing. */
export function referencePage(document: OpenApiDocument): string {
  const operations = operationsOf(document)
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))]
  const inTag = (tag: string): readonly PlacedOperation[] =>
    operations.filter((operation) => operation.tags.includes(tag))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>IMRS API</title>
<style>${REFERENCE_STYLE}</style>
</head>
<body>
<nav aria-label="Groups"><h1>IMRS API</h1><ul>${tags.map((tag) => `<li><a href="#${anchor(tag)}">${escaped(tag)}</a> <small>${inTag(tag).length}</small></li>`).join('')}</ul><p><a href="openapi.json">OpenAPI document</a></p></nav>
<main>
<p>Send a credential as <code>Authorization: Bearer …</code>: a JWT or an API key. Every answer bears <code>x-request-id</code>, which its error quotes.</p>
${tags.map((tag) => `<section id="${anchor(tag)}"><h2>${escaped(tag)}</h2>${inTag(tag).map(operationHtml).join('')}</section>`).join('\n')}
</main>
</body>
</html>
`
}

function operationsOf({ paths }: OpenApiDocument): readonly PlacedOperation[] {
  // The document is ours: it was made by `openApiDocument`.
  const described = paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>
  return Object.entries(described).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  )
}

function operationHtml(operation: PlacedOperation): string {
  const { operationId, method, path, summary, description, parameters, responses } = operation
  const body = Object.values(operation.requestBody?.content ?? {})[0]
  return `<details id="${escaped(operationId)}"><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escaped(path)}</code> <span>${escaped(summary)}</span></summary>
${description.split('\n\n').map(paragraph).join('')}${parameters.length === 0 ? '' : `<h3>Parameters</h3>${parametersHtml(parameters)}`}${body === undefined ? '' : `<h3>Body</h3><pre>${escaped(schemaText(body.schema))}</pre>`}<h3>Answers</h3>${answersHtml(responses)}</details>`
}

function paragraph(text: string): string {
  return `<p>${escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`
}

function parametersHtml(parameters: readonly Parameter[]): string {
  const rows = parameters.map(
    ({ name, in: place, required, description = '', schema }) =>
      `<tr><td><code>${escaped(name)}</code>${required ? ' *' : ''}</td><td>${escaped(place)}</td><td><code>${escaped(schemaText(schema))}</code></td><td>${escaped(description)}</td></tr>`,
  )
  return `<table><thead><tr><th>Name</th><th>In</th><th>Form</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function answersHtml(responses: Readonly<Record<string, Answer>>): string {
  return Object.entries(responses)
    .map(([status, { description, content = {} }]) => {
      const said = paragraph(description).replace('<p>', `<p><b>${escaped(status)}</b> `)
      // Errors have one form, which stands at the end of their codes in the document.
      const shown = Number(status) < 400 ? Object.entries(content) : []
      return `${said}${shown.map(([type, { schema }]) => `<pre>${escaped(type)}\n${escaped(schemaText(schema))}</pre>`).join('')}`
    })
    .join('')
}

function anchor(tag: string): string {
  return tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
