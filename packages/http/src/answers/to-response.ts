import type { Endpoint, Reply } from '../endpoint/endpoint.ts'

/** What an endpoint replied, as a response of its first documented status unless it says otherwise. */
export function toResponse(reply: Reply, { responses }: Pick<Endpoint, 'responses'>): Response {
  if (reply instanceof Response) return reply
  const status = reply.status ?? Number(Object.keys(responses)[0])
  const headers = { 'cache-control': 'private, no-store', ...reply.headers }
  if (reply.body === undefined) return new Response(null, { status, headers })
  return Response.json(reply.body, { status, headers })
}
