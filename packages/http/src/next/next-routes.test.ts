import { describe, expect, it } from 'vitest'

import { openDoor, statedIdentity } from '../__fixtures__/open-door.ts'
import type { HttpOptions } from '../http-options.ts'
import { nextRoutes } from './next-routes.ts'

const MODELS = 'http://localhost/api/models'

/** Options for a door, and how often they were asked for. */
async function countedOpening(
  more: Partial<HttpOptions> = {},
): Promise<{ readonly open: () => Promise<HttpOptions>; readonly opened: () => number }> {
  const { router } = await openDoor()
  let count = 0
  return {
    opened: () => count,
    open: async () => {
      count += 1
      return { router, authentication: [statedIdentity], publicModels: true, ...more }
    },
  }
}

describe('routes of Next', () => {
  it('open with the first request, once for all that come meanwhile', async () => {
    const { open, opened } = await countedOpening()
    const { GET } = nextRoutes(open, { name: 'first' })
    expect(opened()).toBe(0)
    const answers = await Promise.all([1, 2, 3].map(() => GET(new Request(MODELS))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(opened()).toBe(1)
  })

  it('share the door with other routes, and with the module that is loaded anew', async () => {
    const one = await countedOpening()
    const other = await countedOpening({ publicModels: false })
    await nextRoutes(one.open, { name: 'shared' }).GET(new Request(MODELS))
    const again = await nextRoutes(other.open, { name: 'shared' }).GET(new Request(MODELS))
    expect([again.status, other.opened()]).toEqual([200, 0])
    const apart = await nextRoutes(other.open, { name: 'another' }).GET(new Request(MODELS))
    expect([apart.status, other.opened()]).toEqual([401, 1])
  })

  it('say why they could not be opened, and try again', async () => {
    const { open, opened } = await countedOpening()
    const problems = [new Error('The database is not there')]
    const { GET } = nextRoutes(
      async () => {
        const problem = problems.pop()
        if (problem !== undefined) throw problem
        return open()
      },
      { name: 'failing' },
    )
    await expect(GET(new Request(MODELS))).rejects.toThrow('The database is not there')
    expect((await GET(new Request(MODELS))).status).toBe(200)
    expect((await GET(new Request(MODELS))).status).toBe(200)
    expect(opened()).toBe(1)
  })

  it('take every method that the API has', async () => {
    const { open } = await countedOpening()
    const routes = new Set(Object.keys(nextRoutes(open, { name: 'methods' })))
    const described = await nextRoutes(open, { name: 'methods' }).GET(
      new Request('http://localhost/api/openapi.json'),
    )
    const { paths } = (await described.json()) as { paths: Record<string, object> }
    const methods = new Set(Object.values(paths).flatMap((path) => Object.keys(path)))
    expect(methods.size).toBeGreaterThan(3)
    for (const method of methods) expect(routes.has(method.toUpperCase()), method).toBe(true)
  })

  it('tell pages of other origins what they may do', async () => {
    const origin = 'https://app.example'
    const { open } = await countedOpening({ cors: { origins: [origin] } })
    const headers = { origin, 'access-control-request-method': 'POST' }
    const asked = new Request('http://localhost/api/chat', { method: 'OPTIONS', headers })
    const answer = await nextRoutes(open, { name: 'origins' }).OPTIONS(asked)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
  })
})
