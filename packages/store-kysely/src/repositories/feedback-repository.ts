import type { FeedbackRepository, StoredExperienceCell } from '@imrs/core'
import type { ExperienceQuery, ModelShift } from '@imrs/core'

import { fromExperienceRow } from '../rows/feedback-row.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { checkpointExperience } from './checkpoint-experience.ts'
import { listAlarms } from './drift-alarms.ts'
import { eventsOf } from './feedback-events.ts'
import { rebuildExperience } from './rebuild-experience.ts'
import { FeedbackRecorder } from './record-feedback.ts'

export function feedbackRepository(session: StoreSession): FeedbackRepository {
  const recorder = new FeedbackRecorder(session)
  return {
    record: (event, options) => recorder.record({ event, options: options ?? {} }),
    listEvents: (key, options) => session.read((work) => eventsOf(work, key), options),
    listExperience: (query, options) => session.read((work) => cellsOf(work, query), options),
    listShifts: (agent, options) => session.read((work) => shiftsOf(work, agent), options),
    listAlarms: (query, options) => session.read((work) => listAlarms(work, query), options),
    rebuildExperience: (request, options) =>
      session.write((work) => rebuildExperience(work, request), options),
    checkpointExperience: (request, options) =>
      session.write((work) => checkpointExperience(work, request), options),
  }
}

async function cellsOf(
  { database }: StoreWork,
  { tenantId, agentId, scopes = ['agent'] }: ExperienceQuery,
): Promise<readonly StoredExperienceCell[]> {
  const rows = await database
    .selectFrom('model_experience')
    .selectAll()
    .where((where) =>
      where.or(
        scopes.map((scope) =>
          where.and({
            tenant_id: scope === 'global' ? '' : tenantId,
            scope,
            agent_id: scope === 'agent' ? agentId : '',
          }),
        ),
      ),
    )
    .orderBy('scope')
    .orderBy('task_type')
    .orderBy('model_id')
    .orderBy('month')
    .orderBy('epoch')
    .execute()
  return rows.map(fromExperienceRow)
}

async function shiftsOf(
  { database }: StoreWork,
  { tenantId, agentId }: ExperienceQuery,
): Promise<readonly ModelShift[]> {
  const rows = await database
    .selectFrom('model_shifts')
    .select(['model_id', 'epoch', 'shift_milli'])
    .where('tenant_id', '=', tenantId)
    .where('agent_id', '=', agentId)
    .orderBy('model_id')
    .orderBy('epoch')
    .execute()
  return rows.map(({ model_id: modelId, epoch, shift_milli: shiftMilli }) => ({
    modelId,
    epoch,
    shiftMilli,
  }))
}
