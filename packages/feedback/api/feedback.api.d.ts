// The public types of @imrs/feedback. Written by `npm run api:update`.

// ---- index.d.ts ----

import { FeedbackSignal, FeedbackType, CallOptions, Store, Runtime, RouterEvent, MessageRecord } from '@imrs/core';

/** A signal on one answer: a named one, or a rating. */
interface FeedbackInput {
    readonly messageId: string;
    /** Who gives it: the user the answer was made for. */
    readonly userId: string;
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** `thumbs-up`, `thumbs-down`, `regenerate`, `copy` or `continue`. In place of `rating`. */
    readonly signal?: FeedbackSignal | undefined;
    /** 0 (bad) to 1 (good). In place of `signal`. */
    readonly rating?: number | undefined;
    /** What kind of rating it is. Default: `explicit`; a signal brings its own. */
    readonly type?: FeedbackType | undefined;
    /** A UUID that makes a repeated call count once. Default: a new one. */
    readonly idempotencyKey?: string | undefined;
}
/** What counts on the answer now. */
interface FeedbackResult {
    readonly messageId: string;
    /** The rating that counts, 0 to 1; an explicit one stays when an implicit one comes later. */
    readonly rating: number;
    readonly feedbackType: FeedbackType;
    readonly recordedAtMs: number;
    /** `false` for a repeat, and for a signal that a stronger one outweighs. */
    readonly changed: boolean;
}

interface FeedbackOptions {
    /** Stays the caller's. */
    readonly store: Store;
    readonly runtime: Runtime;
    readonly emit: (event: RouterEvent) => void;
    /** Whether an answer is still being made, and so cannot be rated yet. */
    readonly isUnfinished: (messageId: string) => boolean;
    /** Called after the rating that counts on a message changed. */
    readonly onChange: (message: MessageRecord) => void;
}
/** Takes signals on answers. */
interface Feedback {
    /**
     * Stores a signal; rating and experience change in the same transaction.
     *
     * @throws ImrsError `invalid-request`, `not-found`, `message-not-finished`.
     */
    record(input: FeedbackInput, options?: CallOptions): Promise<FeedbackResult>;
}
declare function createFeedback(options: FeedbackOptions): Feedback;

export { createFeedback };
export type { Feedback, FeedbackInput, FeedbackOptions, FeedbackResult };
