import { createHandler } from '../create-handler.ts'
import type { HttpHandler } from '../create-handler.ts'
import type { HttpOptions } from '../http-options.ts'

/** Answers one method of a route file. What Next gives beside the request is not looked at. */
export type NextRoute = (request: Request) => Promise<Response>

/** What a route file of Next exports, by method. `HEAD` is answered by `GET`, as Next does it. */
export interface NextRoutes {
  readonly DELETE: NextRoute
  readonly GET: NextRoute
  /** For pages of other origins that `cors` names: without it Next answers what browsers ask first. */
  readonly OPTIONS: NextRoute
  readonly PATCH: NextRoute
  readonly POST: NextRoute
  readonly PUT: NextRoute
}

/** Options of {@link nextRoutes}. */
export interface NextRoutesOptions {
  /** Tells apart doors of one process; routes of the same name share one. Default: `imrs`. */
  readonly name?: string | undefined
}

/** Where the doors of a process are: Next loads a module once for each route, and anew as it changes. */
const DOORS = Symbol.for('@imrs/http: doors of Next')

/**
 * A door in the routes of Next's app folder: `export const { GET, POST, … } = nextRoutes(open)` in
 * `app/api/[...path]/route.ts`, and the same routes exported again from `app/v1/[...path]/route.ts`.
 *
 * `open` makes the options of {@link createHandler}. It is called by the first request, so that
 * building opens no router, and once in a process: routes and hot reloads share the door that is
 * open, with the router it was opened with. Requests that come meanwhile wait for it. When it throws,
 * they reject with its reason, which Next answers with status 500, and the next request tries again.
 */
export function nextRoutes(
  open: () => HttpOptions | Promise<HttpOptions>,
  { name = 'imrs' }: NextRoutesOptions = {},
): NextRoutes {
  const answer: NextRoute = async (request) => {
    const door = await doorOf(name, open)
    return door(request)
  }
  return { DELETE: answer, GET: answer, OPTIONS: answer, PATCH: answer, POST: answer, PUT: answer }
}

function doorOf(
  name: string,
  open: () => HttpOptions | Promise<HttpOptions>,
): Promise<HttpHandler> {
  const doors = doorsOfProcess()
  const known = doors.get(name)
  if (known !== undefined) return known
  const opening = (async () => createHandler(await open()))().catch((error: unknown) => {
    doors.delete(name)
    throw error
  })
  doors.set(name, opening)
  return opening
}

function doorsOfProcess(): Map<string, Promise<HttpHandler>> {
  // Nobody else has this symbol, and this module puts nothing else there.
  const place = globalThis as { [DOORS]?: Map<string, Promise<HttpHandler>> }
  place[DOORS] ??= new Map()
  return place[DOORS]
}
