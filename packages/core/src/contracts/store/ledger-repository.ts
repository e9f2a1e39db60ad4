import type { BudgetSettlement } from '../../domain/budget.ts'
import type { Decision } from '../../domain/decision.ts'
import type { Attempt, MessageRecord } from '../../domain/ledger.ts'
import type { RatingMilli } from '../../rating.ts'
import type { CallOptions } from '../call-options.ts'

/** What happened, ready to be written together. */
export interface LedgerBatch {
  readonly decisions: readonly Decision[]
  readonly attempts: readonly Attempt[]
  readonly messages: readonly MessageRecord[]
  /** What reserved calls really used, in the transaction of the rows that say so. */
  readonly settlements?: readonly BudgetSettlement[] | undefined
}

/** A decision whose answer was rated. */
export interface RatedDecision {
  readonly decision: Decision
  /** The rating that counts on the answer now. */
  readonly ratingMilli: RatingMilli
}

/** Which rated decisions to read. */
export interface RatedDecisionQuery {
  readonly tenantId: string
  /** Default: every agent of the tenant. */
  readonly agentId?: string | undefined
  /** Only decisions put down to the strategy of exactly this name. Default: to any. */
  readonly strategyName?: string | undefined
  /** Only decisions made at this time or later, epoch milliseconds. Default: from the first. */
  readonly fromMs?: number | undefined
  /** Only decisions made before this time, epoch milliseconds. Default: to the last. */
  readonly toMs?: number | undefined
  /** Only what comes after this one: the last decision of the page before. Default: from the first. */
  readonly after?: Pick<Decision, 'messageId' | 'id'> | undefined
  /** 1 to 1,000. Default: 500. */
  readonly limit?: number | undefined
}

/** A place in a list of calls: after the call with this start and id. */
export type CallPlace = Pick<Attempt, 'startedAtMs' | 'id'>

/** Which calls to read. */
export interface CallQuery {
  readonly tenantId: string
  /** Default: those made for every agent of the tenant. */
  readonly agentId?: string | undefined
  /** Default: those made for anybody. */
  readonly userId?: string | undefined
  /** The id the model had then. Default: to every model. */
  readonly modelId?: string | undefined
  /** Only calls begun at this time or later, epoch milliseconds. Default: from the first. */
  readonly fromMs?: number | undefined
  /** Only calls begun before this time, epoch milliseconds. Default: to the last. */
  readonly toMs?: number | undefined
  /** Only what comes after this one: {@link CallPage.next} of the page before. Default: from the newest. */
  readonly after?: CallPlace | undefined
  /** 1 to 1,000. Default: 100. */
  readonly limit?: number | undefined
}

export interface CallPage {
  /** May be fewer than asked for, none at all even, though there are more. */
  readonly items: readonly Attempt[]
  /** Where the page that follows begins. Absent on the last page. */
  readonly next?: CallPlace | undefined
}

/** Decisions, attempts and answers. Reads see the given tenant only. */
export interface LedgerRepository {
  /**
   * Writes the batch in one transaction. Idempotent by id: a row that is there stays as it is, and a
   * reservation that is no more (settled, released or expired) changes nothing.
   */
  append(batch: LedgerBatch, options?: CallOptions): Promise<void>
  getDecision(
    key: { readonly tenantId: string; readonly decisionId: string },
    options?: CallOptions,
  ): Promise<Decision | undefined>
  getMessage(
    key: { readonly tenantId: string; readonly messageId: string },
    options?: CallOptions,
  ): Promise<MessageRecord | undefined>
  /** The calls made for a message, in the order they were made. */
  listAttempts(
    key: { readonly tenantId: string; readonly messageId: string },
    options?: CallOptions,
  ): Promise<readonly Attempt[]>
  /**
   * The calls of a period, newest first. A page looks at so many calls at most, however few of them fit:
   * it may be short, or empty, and say where to go on. A call that is recorded meanwhile may be left out,
   * and none is given twice. Where the store reads reports from a copy, it may be a little behind.
   */
  listCalls(query: CallQuery, options?: CallOptions): Promise<CallPage>
  /**
   * Decisions whose answer has a rating, in the order of their messages' ids, which is that of time.
   * Ids of messages are UUIDv7s made within a day of the decision: a period is found by them. Reading
   * page after page gives no decision twice; one whose answer is rated meanwhile may be left out.
   */
  listRated(query: RatedDecisionQuery, options?: CallOptions): Promise<readonly RatedDecision[]>
}
