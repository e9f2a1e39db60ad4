import { DEFAULT_TENANT_ID, assertTime } from '@imrs/core'
import type { CallOptions, CallPage, CallQuery, Store } from '@imrs/core'

/** Which calls to list. */
export interface ListCalls extends Omit<CallQuery, 'tenantId'> {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
}

/** The calls that were made. */
export interface CallsApi {
  /**
   * The calls of a period, newest first, as long as their answers are kept. Pages follow each other by
   * `after`, which is the `next` of the page before; one may be short, or empty, though there are more.
   *
   * @throws ImrsError `invalid-request`, `store-unavailable`.
   */
  list(query?: ListCalls, options?: CallOptions): Promise<CallPage>
}

export function createCalls({ ledger }: Pick<Store, 'ledger'>): CallsApi {
  return {
    list: async ({ tenantId = DEFAULT_TENANT_ID, ...query } = {}, options) => {
      assertTime('fromMs', query.fromMs)
      assertTime('toMs', query.toMs)
      assertTime('after', query.after?.startedAtMs)
      return ledger.listCalls({ ...query, tenantId }, options)
    },
  }
}
