import { AUTO_MODEL, parseBody, parseModelId, preferenceBodySchema } from '@imrs/core'
import type { ModelSelection, PreferenceResponse } from '@imrs/core'
import type { Router } from '@imrs/router'
import type { RequestHandler } from 'express'

import { userIdOf } from './session-cookie.ts'

type Preferences = Router['preferences']

/** `GET /api/preferences`: what this visitor chose. */
export function getPreference(preferences: Preferences): RequestHandler {
  return async (_request, response) => {
    const selection = await preferences.get({ userId: userIdOf(response) })
    response.json(toPreferenceResponse(selection))
  }
}

/** `PUT /api/preferences`: answers in flight stay on their model; the next one uses the new. */
export function putPreference(preferences: Preferences): RequestHandler {
  return async (request, response) => {
    const wanted = parseBody(preferenceBodySchema, request.body)
    const selection = await preferences.set({ ...wanted, userId: userIdOf(response) })
    response.json(toPreferenceResponse(selection))
  }
}

function toPreferenceResponse(selection: ModelSelection | undefined): PreferenceResponse {
  if (selection === undefined) return { provider: null, model: null, updatedAt: null }
  const { modelId, atMs } = selection
  const provider = modelId === AUTO_MODEL ? null : (parseModelId(modelId)?.providerId ?? null)
  return { provider, model: modelId, updatedAt: new Date(atMs).toISOString() }
}
