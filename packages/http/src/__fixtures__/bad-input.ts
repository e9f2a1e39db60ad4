import type { RawRequest } from './raw-request.ts'

/** A request nobody should send, and what it gets. */
export interface BadInput {
  readonly name: string
  readonly request: Omit<RawRequest, 'headers'> & {
    readonly headers?: Readonly<Record<string, string>> | undefined
  }
  readonly status: number
  /** The field the error names, where it names one. */
  readonly field?: string | undefined
}

const CHAT = '/api/chat'
const OPENAI = '/v1/chat/completions'
const MODELS = '/api/v2/admin/models'
const PROVIDERS = '/api/v2/admin/providers'

const json = { 'content-type': 'application/json' }
const message = '{"role":"user","content":"Hello"}'

function post(path: string, body: string | Uint8Array, headers = json): BadInput['request'] {
  return { method: 'POST', path, headers, body }
}

/** The same bad body at a door of each kind. */
function bodies(name: string, body: string | Uint8Array, field = 'body'): readonly BadInput[] {
  return [CHAT, OPENAI, PROVIDERS].map((path) => ({
    name: `${name}, at ${path}`,
    request: post(path, body),
    status: 400,
    field,
  }))
}

function headersOf(name: string, headers: Record<string, string>, field: string): readonly BadInput[] {
  return [CHAT, OPENAI].map((path) => ({
    name: `${name}, at ${path}`,
    request: { method: 'POST', path, headers, body: `{"messages":[${message}]}` },
    status: 400,
    field,
  }))
}

function get(name: string, path: string, { status = 400, field }: Partial<BadInput> = {}): BadInput {
  return { name, request: { method: 'GET', path }, status, field }
}

const manyFilters = Array.from({ length: 10_000 }, (_, at) => `capability=c${at}`).join('&')
const manyNames = Array.from({ length: 90 }, (_, at) => `x${at}=1`).join('&')

export const BAD_INPUT: readonly BadInput[] = [
  ...bodies('nothing', ''),
  ...bodies('text that is no JSON', '{"messages":'),
  ...bodies('garbage after the end', `{"messages":[${message}]} x`),
  ...bodies('two documents', `{"messages":[${message}]}{}`),
  ...bodies('a name twice', `{"messages":[${message}],"messages":[${message}]}`),
  ...bodies('a name twice, once escaped', `{"messages":[${message}],"\\u006dessages":[]}`),
  ...bodies('NUL, escaped', `{"messages":[{"role":"user","content":"a\\u0000b"}]}`),
  ...bodies('NUL in a name', `{"a\\u0000":1}`),
  ...bodies('NUL, raw', '{"messages":"\0"}'),
  ...bodies('65 deep', '['.repeat(65) + ']'.repeat(65)),
  ...bodies('100,000 deep', '{"a":'.repeat(100_000)),
  ...bodies('broken UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
  ...bodies('half of a pair in UTF-8', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])),
  ...bodies('null', 'null'),
  ...bodies('a list', '[]'),
  ...headersOf('no content type', {}, 'content-type'),
  ...headersOf('text', { 'content-type': 'text/plain' }, 'content-type'),
  ...headersOf('a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'content-type'),
  ...headersOf('another charset', { 'content-type': 'application/json; charset=utf-16' }, 'content-type'),
  ...headersOf('latin 1', { 'content-type': 'application/json; charset=iso-8859-1' }, 'content-type'),
  ...headersOf('compressed', { ...json, 'content-encoding': 'gzip' }, 'content-encoding'),
  { name: 'a prototype as a field', request: post(PROVIDERS, '{"__proto__":{"id":"x"}}'), status: 400 },
  { name: 'a constructor as a field', request: post(PROVIDERS, '{"constructor":{"prototype":{}}}'), status: 400 },
  { name: '10,000 fields nobody knows', request: post(PROVIDERS, `{${Array.from({ length: 10_000 }, (_, at) => `"f${at}":1`).join(',')}}`), status: 400 },
  { name: '10,000 model ids', request: post(`${MODELS}/bulk`, JSON.stringify({ model_ids: Array.from({ length: 10_000 }, () => 'fake/small'), set: {} })), status: 400, field: 'model_ids' },
  get('10,000 filters', `${MODELS}?${manyFilters.slice(0, 8000)}`),
  get('10,000 filters, past what a query may have', `${MODELS}?${manyFilters.slice(0, 9000)}`),
  get('90 names nobody knows', `${MODELS}?${manyNames}`),
  get('a name twice', `${MODELS}?provider=a&provider=b`, { field: 'provider' }),
  get('a negative page', `${MODELS}?page=-1`, { field: 'page' }),
  get('page 0', `${MODELS}?page=0`, { field: 'page' }),
  get('half a page', `${MODELS}?page=1.5`, { field: 'page' }),
  get('a page beyond counting', `${MODELS}?page=99999999999999999999`, { field: 'page' }),
  get('a page in words', `${MODELS}?page=one`, { field: 'page' }),
  get('1e9 of a page', `${MODELS}?per_page=1000000000`, { field: 'per_page' }),
  get('a page as an exponent', `${MODELS}?page=1e3`, { field: 'page' }),
  get('an empty page', `${MODELS}?page=`, { field: 'page' }),
  get('an unknown sort', `${MODELS}?sort=id;drop`, { field: 'sort' }),
  get('a forged cursor', `${MODELS}?cursor=%F0%9F%98%80`),
  get('NUL in a query', `${MODELS}?search=a%00b`, { field: 'search' }),
  get('NUL in a path', `${MODELS}/fake%2F%00`, { field: 'model_id' }),
  get('NUL in the id of a provider', `${PROVIDERS}/a%00b`, { field: 'provider_id' }),
  get('a prototype in a query', `${MODELS}?__proto__=1`),
  get('a constructor in a query', `${MODELS}?constructor[prototype]=1`),
  get('an id of 5,000 characters', `${MODELS}/${'a'.repeat(5000)}`, { field: 'model_id' }),
  get('an id nobody knows, with slashes and other letters', `${MODELS}/${encodeURIComponent('fake/l/ö/🦁/../x')}`, { status: 404 }),
  get('an id with broken escapes', `${MODELS}/%zz%e0%a4`, { status: 404 }),
  get('the id of a prototype', `${PROVIDERS}/__proto__`, { status: 400 }),
  get('the id of a constructor', `${PROVIDERS}/constructor`, { status: 400 }),
  get('a path upwards', `${PROVIDERS}/..%2f..%2fetc%2fpasswd`, { status: 400 }),
  get('another path upwards', '/api/../../etc/passwd', { status: 404 }),
  get('a path there is not', '/api/v2/nothing', { status: 404 }),
  get('two slashes', '/api//v2//admin/providers', { status: 404 }),
  get('an OpenAI path there is not', '/v1/nothing', { status: 404 }),
  get('more agents than a page may have', '/api/v2/agents?limit=201', { field: 'limit' }),
  get('an agent that is none to go on after', '/api/v2/agents?cursor=a%07b', { field: 'cursor' }),
  get('calls after a place that is none', '/api/v2/admin/calls?cursor=e30', { field: 'cursor' }),
  get('a history from no time', '/api/v2/admin/health/history?from=yesterday', { field: 'from' }),
  get('no change of health', '/api/v2/admin/health/history?limit=0', { field: 'limit' }),
  get('a number of an event that is none', '/api/v2/admin/catalogue/events?before=last', { field: 'before' }),
  get('more events than a page may have', '/api/v2/admin/catalogue/events?limit=1001', { field: 'limit' }),
  get('a kind of event there is not', '/api/v2/admin/catalogue/events?type=model-lost', { field: 'type' }),
  get('an order there is not', '/api/v2/admin/catalogue/events?direction=up', { field: 'direction' }),
  ...['0000-01-01', '9999-12-31T23:59:59-12:00'].flatMap((time) =>
    [
      '/api/v2/admin/health/history',
      '/api/v2/admin/calls',
      '/api/v2/admin/drift',
      '/api/v2/admin/feedback/reasons',
      '/api/v2/admin/models/performance',
      '/api/v2/admin/evaluation?strategies=weighted&',
    ].flatMap((path) =>
      ['from', 'to'].map((field) => {
        const joint = path.endsWith('&') ? '' : '?'
        return get(`${field} ${time}, at ${path}`, `${path}${joint}${field}=${time}`, { field })
      }),
    ),
  ),
  get('reasons from no time', '/api/v2/admin/feedback/reasons?from=yesterday', { field: 'from' }),
  get('reasons of more than a year', '/api/v2/admin/feedback/reasons?from=2026-01-01&to=2027-02-01', { field: 'from' }),
  get('drift of no time at all', '/api/v2/admin/drift?from=2026-01-02&to=2026-01-02', { field: 'to' }),
  get('drift of no time', '/api/v2/admin/drift?to=soon', { field: 'to' }),
  get('reasons of no time at all', '/api/v2/admin/feedback/reasons?from=2026-01-02&to=2026-01-02', { field: 'to' }),
  get('a time that is none', '/api/v2/admin/models/performance?from=2026-13-45', { field: 'from' }),
  { name: 'a method that is not for the path', request: { method: 'DELETE', path: PROVIDERS }, status: 405 },
  { name: 'a method for the OpenAI path', request: { method: 'GET', path: OPENAI }, status: 405 },
  { name: 'a method nobody knows', request: { method: 'PROPFIND', path: PROVIDERS }, status: 405 },
  { name: 'a resume from no number', request: { method: 'GET', path: '/api/models/events', headers: { 'last-event-id': '-1; drop' } }, status: 400, field: 'last-event-id' },
]
