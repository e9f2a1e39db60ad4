import type { MigratedSchema } from '@imrs/store-kysely'
import { qualified } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

type Made = Pick<MigratedSchema, 'database' | 'schema'> & {
  readonly eventColumns: readonly string[]
}

/** Gives a table's name with its schema. */
type NameOf = (table: string) => RawBuilder<unknown>

/**
 * The two round trips of a rating. As functions, since each statement in one sees what was committed
 * before it, which is how it finds that somebody was quicker after it waited for a lock; and since the
 * server keeps their plans with the connection, behind poolers too. Processes that run the functions
 * while they are replaced finish with the old ones.
 */
export async function createRatingFunctions(made: Made): Promise<void> {
  await createStanding(made)
  await createRecord(made)
}

/** All that a signal on a message is judged by, from the moment at which the message is read. */
async function createStanding({ database, schema }: Made): Promise<void> {
  const table: NameOf = (name) => qualified(schema, name)
  await sql`create or replace function ${table('imrs_rating_standing')}(message ${table('messages')})
    returns jsonb language plpgsql stable as $$
    declare
      before_events jsonb;
      closed text;
      drift ${table('model_drift')};
      counted_epoch integer;
      counted_month text := to_char(message.created_at at time zone 'UTC', 'YYYY-MM');
      tallied ${table('experience_users')};
      cell ${table('model_experience')};
    begin
      select coalesce(jsonb_agg(to_jsonb(event) order by event.seq), '[]') into before_events
        from ${table('feedback_events')} as event
        where event.tenant_id = message.tenant_id and event.message_id = message.id;
      select bound.before_id into closed from ${table('experience_bounds')} as bound
        where bound.tenant_id = message.tenant_id;
      select * into drift from ${table('model_drift')} as alarm
        where alarm.tenant_id = message.tenant_id and alarm.agent_id = message.agent_id
          and alarm.model_id = message.model;
      counted_epoch := coalesce((before_events -> 0 ->> 'epoch')::integer, drift.epoch, 0);
      select * into tallied from ${table('experience_users')} as tally
        where tally.tenant_id = message.tenant_id and tally.agent_id = message.agent_id
          and tally.task_type = message.credited_task_type and tally.model_id = message.model
          and tally.month = counted_month and tally.epoch = counted_epoch
          and tally.user_id = coalesce(message.user_id, '');
      select * into cell from ${table('model_experience')} as experience
        where experience.tenant_id = message.tenant_id and experience.scope = 'agent'
          and experience.agent_id = message.agent_id
          and experience.task_type = message.credited_task_type
          and experience.model_id = message.model and experience.month = counted_month
          and experience.epoch = counted_epoch;
      return jsonb_build_object(
        'before', before_events, 'closedBefore', coalesce(closed, ''), 'epoch', counted_epoch,
        'drift', case when drift.tenant_id is null then null else to_jsonb(drift) end,
        'tallied', case when tallied.tenant_id is null then null else to_jsonb(tallied) end,
        'count', coalesce(cell.rating_count, 0), 'weightMilli', coalesce(cell.weight_milli, 0));
    end $$`.execute(database)
}

/**
 * Writes what a signal writes if all that it goes by is still so, and gives the version it raised, or
 * 0; null when something is otherwise. Locks message, user, alarm, cells and version in this order. A
 * row that somebody made meanwhile fails the statement as a lost transaction does.
 */
async function createRecord({ database, schema, eventColumns }: Made): Promise<void> {
  const table: NameOf = (name) => qualified(schema, name)
  await sql`create or replace function ${table('imrs_record_rating')}(given jsonb)
    returns bigint language plpgsql as $$
    declare
      event ${table('feedback_events')};
      tallied ${table('experience_users')};
      tally ${table('experience_users')};
      stored_tally ${table('experience_users')};
      drift_before ${table('model_drift')};
      drift_after ${table('model_drift')};
      stored_drift ${table('model_drift')};
      raised bigint := 0;
    begin
      ${unlessMoved(table)}
      ${putAlarm(table)}
      ${putTally(table)}
      ${putRows(table, eventColumns)}
      ${moveExperience(table)}
      return raised;
    end $$`.execute(database)
}

/** Ends here when the message, its events, the bound or the user is not as it was; from here on they stay. */
function unlessMoved(table: NameOf): RawBuilder<unknown> {
  return sql`perform pg_advisory_xact_lock_shared(hashtextextended(given ->> 'lock', 0));
    event := jsonb_populate_record(event, given -> 'event');
    perform from ${table('messages')} as message
      where message.tenant_id = event.tenant_id and message.id = event.message_id
      for no key update;
    if not found then return null; end if;
    if (given ->> 'beforeCount')::bigint <> (select count(*) from ${table('feedback_events')} as earlier
        where earlier.tenant_id = event.tenant_id and earlier.message_id = event.message_id)
      or given ->> 'closedBefore' <> coalesce((select bound.before_id
        from ${table('experience_bounds')} as bound
        where bound.tenant_id = event.tenant_id), '')
    then return null; end if;

    tallied := jsonb_populate_record(tallied, given -> 'tallied');
    select * into stored_tally from ${table('experience_users')} as users
      where users.tenant_id = tallied.tenant_id and users.agent_id = tallied.agent_id
        and users.task_type = tallied.task_type and users.model_id = tallied.model_id
        and users.month = tallied.month and users.epoch = tallied.epoch
        and users.user_id = tallied.user_id
      for no key update;
    if (coalesce(stored_tally.rating_count, 0), coalesce(stored_tally.rating_sum, 0),
        coalesce(stored_tally.rating_sum_of_squares, 0), coalesce(stored_tally.weight_milli, 0))
      <> (tallied.rating_count, tallied.rating_sum, tallied.rating_sum_of_squares, tallied.weight_milli)
    then return null; end if;`
}

/** Ends here when the alarm is not as it was; from here on it stays. */
function putAlarm(table: NameOf): RawBuilder<unknown> {
  return sql`if given -> 'drift' is not null then
      drift_before := jsonb_populate_record(drift_before, given -> 'drift' -> 'before');
      drift_after := jsonb_populate_record(drift_after, given -> 'drift' -> 'after');
      select * into stored_drift from ${table('model_drift')} as alarm
        where alarm.tenant_id = drift_before.tenant_id and alarm.agent_id = drift_before.agent_id
          and alarm.model_id = drift_before.model_id
        for no key update;
      if (coalesce(stored_drift.epoch, 0), coalesce(stored_drift.drift_sum, 0),
          coalesce(stored_drift.residual_sum, 0), coalesce(stored_drift.rating_count, 0))
        <> (drift_before.epoch, drift_before.drift_sum, drift_before.residual_sum, drift_before.rating_count)
      then return null; end if;
      if stored_drift.tenant_id is null then
        insert into ${table('model_drift')} as alarm (tenant_id, agent_id, model_id, epoch,
            drift_sum, residual_sum, rating_count)
          values (drift_after.tenant_id, drift_after.agent_id, drift_after.model_id,
            drift_after.epoch, drift_after.drift_sum, drift_after.residual_sum,
            drift_after.rating_count)
          on conflict do nothing;
        if not found then raise exception 'Somebody was quicker' using errcode = 'serialization_failure'; end if;
      else
        update ${table('model_drift')} as alarm set epoch = drift_after.epoch,
            drift_sum = drift_after.drift_sum, residual_sum = drift_after.residual_sum,
            rating_count = drift_after.rating_count
          where alarm.tenant_id = drift_before.tenant_id
            and alarm.agent_id = drift_before.agent_id and alarm.model_id = drift_before.model_id;
      end if;
    end if;`
}

/** What the user weighs. */
function putTally(table: NameOf): RawBuilder<unknown> {
  return sql`if given -> 'tally' is not null then
      tally := jsonb_populate_record(tally, given -> 'tally');
      if stored_tally.tenant_id is null then
        insert into ${table('experience_users')} (tenant_id, agent_id, task_type, model_id, month,
            epoch, user_id, rating_count, rating_sum, rating_sum_of_squares, weight_milli)
          values (tally.tenant_id, tally.agent_id, tally.task_type, tally.model_id, tally.month,
            tally.epoch, tally.user_id, tally.rating_count, tally.rating_sum,
            tally.rating_sum_of_squares, tally.weight_milli)
          on conflict do nothing;
        if not found then raise exception 'Somebody was quicker' using errcode = 'serialization_failure'; end if;
      else
        update ${table('experience_users')} as users set rating_count = tally.rating_count,
            rating_sum = tally.rating_sum, rating_sum_of_squares = tally.rating_sum_of_squares,
            weight_milli = tally.weight_milli
          where users.tenant_id = tally.tenant_id and users.agent_id = tally.agent_id
            and users.task_type = tally.task_type and users.model_id = tally.model_id
            and users.month = tally.month and users.epoch = tally.epoch
            and users.user_id = tally.user_id;
      end if;
    end if;`
}

/** What nobody else waits for. */
function putRows(table: NameOf, eventColumns: readonly string[]): RawBuilder<unknown> {
  const columns = sql.join(eventColumns.map((column) => sql.ref(column)))
  const values = sql.join(eventColumns.map((column) => sql.ref(`event.${column}`)))
  return sql`insert into ${table('feedback_events')} (${columns}) values (${values});
    if given -> 'shift' is not null then
      insert into ${table('model_shifts')} (tenant_id, agent_id, model_id, epoch, shift_milli,
          message_id, at)
        select tenant_id, agent_id, model_id, epoch, shift_milli, message_id, at
          from jsonb_populate_record(null::${table('model_shifts')}, given -> 'shift');
    end if;
    if given -> 'rating' is not null then
      update ${table('messages')} as message set
          rating = (given -> 'rating' ->> 'rating')::double precision,
          feedback_type = given -> 'rating' ->> 'feedback_type',
          feedback_at = (given -> 'rating' ->> 'feedback_at')::timestamptz
        where message.tenant_id = event.tenant_id and message.id = event.message_id;
    end if;
    if given -> 'outbox' -> 0 is not null then
      insert into ${table('outbox')} (tenant_id, topic, key, payload, created_at, available_at,
          attempt_count, last_error, set_aside_at)
        select tenant_id, topic, key, payload, created_at, available_at, attempt_count,
            last_error, set_aside_at
          from jsonb_populate_recordset(null::${table('outbox')}, given -> 'outbox');
    end if;`
}

/** Last, since others of the tenant and its agents want the same rows. */
function moveExperience(table: NameOf): RawBuilder<unknown> {
  return sql`if given -> 'cells' -> 0 is not null then
      insert into ${table('model_experience')} as cell (tenant_id, scope, agent_id, task_type,
          model_id, month, epoch, rating_count, rating_sum, rating_sum_of_squares,
          weight_milli, weighted_sum, weighted_sum_of_squares)
        select tenant_id, scope, agent_id, task_type, model_id, month, epoch, rating_count,
            rating_sum, rating_sum_of_squares, weight_milli, weighted_sum,
            weighted_sum_of_squares
          from jsonb_populate_recordset(null::${table('model_experience')}, given -> 'cells')
        on conflict (tenant_id, scope, agent_id, task_type, model_id, month, epoch) do update set
          rating_count = cell.rating_count + excluded.rating_count,
          rating_sum = cell.rating_sum + excluded.rating_sum,
          rating_sum_of_squares = cell.rating_sum_of_squares + excluded.rating_sum_of_squares,
          weight_milli = cell.weight_milli + excluded.weight_milli,
          weighted_sum = cell.weighted_sum + excluded.weighted_sum,
          weighted_sum_of_squares = cell.weighted_sum_of_squares + excluded.weighted_sum_of_squares;
    end if;
    if given ->> 'topic' is not null then
      insert into ${table('change_versions')} as changed (topic, version)
        values (given ->> 'topic', 1)
        on conflict (topic) do update set version = changed.version + 1
        returning changed.version into raised;
    end if;`
}
