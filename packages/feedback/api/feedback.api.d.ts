// The public types of @imrs/feedback. Written by `npm run api:update`.

// ---- index.d.ts ----

import { CallOptions, ExperienceRebuild, Store, AgentKey, FeedbackSignal, FeedbackType, FeedbackReason, Runtime, RouterEvent, MessageRecord, ExperienceMove, ModelShift, DriftWatch, OpeIneligibility, Strategy, RatedDecision, AlertSink, LearningSink } from '@imrs/core';

interface ExperienceTenant {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
}
interface ExperienceCheckpoint extends ExperienceTenant {
    /** Answers made before are settled, epoch milliseconds. */
    readonly beforeMs: number;
}
/** What was learned from feedback, and whether it is what the feedback says. */
interface Experience {
    /** Counts experience anew from its checkpoint and all events since, and says where it is otherwise. Writes nothing. */
    verify(tenant?: ExperienceTenant, options?: CallOptions): Promise<ExperienceRebuild>;
    /** As {@link verify}, and puts it right. Feedback of the tenant waits meanwhile. */
    rebuild(tenant?: ExperienceTenant, options?: CallOptions): Promise<ExperienceRebuild>;
    /**
     * Settles what answers from before a time made of experience, so that their feedback events can be
     * dropped: those answers cannot be rated any more, and a rebuild starts from here.
     *
     * @throws ImrsError `invalid-request` for a time that is not finite or negative.
     */
    checkpoint(request: ExperienceCheckpoint, options?: CallOptions): Promise<void>;
}
interface ExperienceOptions {
    /** Stays the caller's. */
    readonly store: Store;
    /** Called for each agent whose experience was put right. */
    readonly onChange: (agent: AgentKey) => void;
}
declare function createExperience({ store, onChange }: ExperienceOptions): Experience;

/** Whose answer it is, and who speaks of it. */
interface AnswerOfUser {
    readonly messageId: string;
    /** The user the answer was made for. */
    readonly userId: string;
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /**
     * Who gives it: that user, or the agent of its own answer. Only an agent gives `self_eval`, and it
     * gives nothing else. It is for the caller to know who that is. Default: `user`.
     */
    readonly by?: 'user' | 'agent' | undefined;
    /** The agents whose answers may be spoken of; others are `not-found`. Default: all of the tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** A UUID that makes a repeated call count once. Default: a new one. */
    readonly idempotencyKey?: string | undefined;
}
/** A signal on one answer: a named one, or a rating. */
interface FeedbackInput extends AnswerOfUser {
    /**
     * `thumbs-up`, `thumbs-down`, `regenerate`, `copy`, `continue`; `override` (the user chose another
     * model for the same question) and `abandon` (left the answer before its end), which only strategies
     * that learn heed; or `retract`. In place of `rating`.
     */
    readonly signal?: FeedbackSignal | undefined;
    /** 0 (bad) to 1 (good). In place of `signal`. */
    readonly rating?: number | undefined;
    /**
     * What kind of rating it is, or with `retract`, which kind is taken back; other signals bring their
     * own. Default: `explicit`, and `self_eval` when an agent gives it.
     */
    readonly type?: FeedbackType | undefined;
    /**
     * Why, 1 to 5 of them, none twice: of a rating, `thumbs-up` or `thumbs-down`. They count as long as it
     * does; the next of its type replaces them, with reasons or without. Default: none.
     */
    readonly reasons?: readonly FeedbackReason[] | undefined;
}
/** What is taken back: all that was given of one type. */
interface RetractInput extends AnswerOfUser {
    /** Default: `explicit`, and `self_eval` when an agent takes it back. */
    readonly type?: FeedbackType | undefined;
}
/** What counts on the answer now. */
interface FeedbackResult {
    readonly messageId: string;
    /** The rating that counts, 0 to 1; an explicit one stays when an implicit one comes later. Absent when nothing counts. */
    readonly rating?: number | undefined;
    /** Absent when nothing counts. */
    readonly feedbackType?: FeedbackType | undefined;
    /** The reasons of the rating that counts; empty without any. */
    readonly reasons: readonly FeedbackReason[];
    readonly recordedAtMs: number;
    /** Whether the rating that counts changed: `false` for a repeat, for a hint, and for a signal that a stronger one outweighs. */
    readonly changed: boolean;
}

/** Signals that say something without being a rating; what each is worth can be set. */
declare const IMPLICIT_SIGNALS: readonly ["regenerate", "copy", "continue", "override", "abandon"];
type ImplicitSignal = (typeof IMPLICIT_SIGNALS)[number];
/** What implicit signals are worth, 0 to 1. */
interface SignalValues {
    /** Default: `0`. */
    readonly regenerate?: number | undefined;
    /** Default: `1`. */
    readonly copy?: number | undefined;
    /** The user went on without rating. Default: `0.5`. */
    readonly continue?: number | undefined;
    /** The user chose another model for the same question. Only for strategies that learn. Default: `0`. */
    readonly override?: number | undefined;
    /** The user left before the end, for whatever reason. Only for strategies that learn. Default: `0.25`. */
    readonly abandon?: number | undefined;
}
type ResolvedSignalValues = Readonly<Record<ImplicitSignal, number>>;
/** How feedback is taken. */
interface FeedbackRules {
    readonly signals?: SignalValues | undefined;
    /**
     * The most of a cell (one model at one task of one agent in one month) that one user may weigh for
     * strategies that learn, above 0 to 1; a single whole rating is always let through. 1 is no bound: for
     * hosts whose agents serve one person. `weighted` averages all ratings, whoever gave them. Default: `0.05`.
     */
    readonly maxUserShare?: number | undefined;
}
interface ResolvedFeedbackRules {
    readonly signals: ResolvedSignalValues;
    /** In thousandths. */
    readonly maxUserShareMilli: number;
}
/** @throws ConfigError that names the field, the rule and the value. */
declare function resolveFeedbackRules(rules?: FeedbackRules): ResolvedFeedbackRules;

/** How a signal on an answer moved experience, and what an alarm that it raised found. */
interface MovedExperience {
    readonly message: MessageRecord;
    readonly moved: ExperienceMove;
    readonly shift?: ModelShift | undefined;
}
/** Whose answer it is that is still being made. */
interface UnfinishedAnswer {
    readonly tenantId: string;
    readonly agentId: string;
    /** Absent: nobody's, so that nobody can rate it. */
    readonly userId?: string | undefined;
}
interface FeedbackOptions {
    /** Stays the caller's. */
    readonly store: Store;
    readonly runtime: Runtime;
    readonly emit: (event: RouterEvent) => void;
    /** Whose answer is still being made, and so cannot be rated yet; `undefined`: it is not being made. */
    readonly unfinished: (messageId: string) => UnfinishedAnswer | undefined;
    /** Called after experience was moved, with how. */
    readonly onMoved: (moved: MovedExperience) => void;
    /** Judges ratings for alarms. Default: none is ever raised. */
    readonly watch?: DriftWatch | undefined;
    readonly rules: ResolvedFeedbackRules;
    /** Names of the sinks that signals are kept for. Default: none. */
    readonly sinks?: readonly string[] | undefined;
    /** Called after a signal was recorded, when there are sinks. Default: nothing. */
    readonly onRecorded?: (() => void) | undefined;
}
/** Takes signals on answers. */
interface Feedback {
    /**
     * Stores a signal; rating and experience change in the same transaction.
     *
     * @throws ImrsError `invalid-request`, `forbidden`, `not-found`, `message-not-finished`.
     */
    readonly record: (input: FeedbackInput, options?: CallOptions) => Promise<FeedbackResult>;
    /** Takes back what was given; what is left counts again. Idempotent. Throws as {@link record} does. */
    readonly retract: (input: RetractInput, options?: CallOptions) => Promise<FeedbackResult>;
}
declare function createFeedback(options: FeedbackOptions): Feedback;

/** An estimated mean rating with its 95 % interval. */
interface Estimate {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly standardError: number;
}

/** What a policy would have earned, by three estimators. */
interface Estimates {
    /** Inverse propensity scoring: unbiased, and the widest. */
    readonly ips: Estimate;
    /** The same over the sum of its weights: a little biased, narrower. */
    readonly snips: Estimate;
    /** Doubly robust: what the reward model expects, put right by what was seen. */
    readonly doublyRobust: Estimate;
}

/** Why an eligible decision says nothing of one strategy. */
type UnusableReason = 
/** More models were candidates than were stored, or the played one is not among them. */
'candidates-not-stored'
/** The stored propensity is not above 0 and at most 1. */
 | 'no-propensity'
/** The strategy put no candidate first. */
 | 'chose-none';
/** Why a strategy is not judged. */
type EvaluationRefusal = 
/** No rated decision can be used. */
'no-decisions'
/** It would play models that the log had no chance of playing. */
 | 'no-support'
/** Too few decisions bear on it. */
 | 'small-sample'
/** The weights do not average 1: propensities are not what the log says, or heavy decisions are missing. */
 | 'wrong-propensities';
/** What became of the rated decisions of the period. */
interface EvaluationCounts {
    /** Decisions whose answer was rated. */
    readonly rated: number;
    /** Those that can serve evaluation at all. */
    readonly eligible: number;
    /** The others, by reason. */
    readonly notEligible: Readonly<Partial<Record<OpeIneligibility, number>>>;
    /** Eligible ones that say nothing of this strategy, by reason. */
    readonly unusable: Readonly<Partial<Record<UnusableReason, number>>>;
    /** What the estimates rest on. */
    readonly used: number;
}
/** How far the log can be trusted to say something of a strategy. */
interface EvaluationDiagnostics {
    /** How many equally heavy decisions would say as much: (Σw)² / Σw². */
    readonly effectiveSampleSize: number;
    /** 1 but for chance, where propensities are right. */
    readonly meanWeight: number;
    /** No weight is cut. */
    readonly largestWeight: number;
    /** The part of all weight that the heaviest decision has, 0 to 1. */
    readonly largestShare: number;
    /** The share of what the strategy would play that the log had no chance of playing, 0 to 1. */
    readonly unsupported: number;
}
/** What a strategy would have earned on logged requests, with the knowledge that the log had at each of them. */
interface EvaluationReport {
    readonly strategy: {
        readonly name: string;
        readonly version: string;
    };
    readonly counts: EvaluationCounts;
    readonly diagnostics: EvaluationDiagnostics;
    /** The mean rating of the used decisions as they were; absent when there are none. */
    readonly actual?: Estimate | undefined;
    /** The doubly robust estimate; absent when refused. */
    readonly value?: Estimate | undefined;
    /** All three; absent when refused. */
    readonly estimates?: Estimates | undefined;
    readonly refused?: {
        readonly kind: EvaluationRefusal;
        readonly reason: string;
    } | undefined;
    /** What to be careful about, a sentence each. */
    readonly warnings: readonly string[];
    /** `Strategy weighted would have earned 0.71 (0.68–0.74) against 0.66 actually.` */
    readonly sentence: string;
}

/** What a decision does not keep of its candidates. */
interface CandidateFacts {
    readonly capabilities?: number | undefined;
    /** Blended price, US dollars per 1,000,000 tokens. Default: unknown. */
    readonly price?: number | undefined;
    /** Default: unknown. */
    readonly contextLength?: number | undefined;
    /** US dollars per 1,000,000 tokens. Default: 0. */
    readonly cacheSaving?: number | undefined;
    readonly createdAtMs?: number | undefined;
}
type CandidateFactsOf = (modelId: string) => CandidateFacts | undefined;

interface EvaluateOptions {
    /** One report each, in this order. */
    readonly strategies: readonly Strategy[];
    /** In the order of time. Read once, one at a time. */
    readonly decisions: AsyncIterable<RatedDecision> | Iterable<RatedDecision>;
    /**
     * What the catalogue says of a model. Decisions keep priorities and ratings of their candidates and
     * no prices: without this, a strategy that goes by price sees none. Default: nothing is known.
     */
    readonly factsOf?: CandidateFactsOf | undefined;
    /**
     * Only decisions put down to the strategy of exactly this name, such as
     * `experiment:new/b:adaptive`: one arm of an experiment by itself. Default: all.
     */
    readonly loggedBy?: string | undefined;
    /** How often a strategy that uses chance is asked about each decision. Default: `64`. */
    readonly draws?: number | undefined;
    /** Stops between two decisions. */
    readonly signal?: AbortSignal | undefined;
}
/**
 * Says of each strategy what it would have earned on the logged requests, with the knowledge that the
 * log had at each of them: off-policy evaluation. One pass, in memory that grows with tasks times
 * models and not with the log. Pure: no clock, no chance but the decisions' seeds.
 *
 * @throws ConfigError when `draws` is not a positive integer; what a strategy throws.
 */
declare function evaluateStrategies(options: EvaluateOptions): Promise<readonly EvaluationReport[]>;

/** What sinks that speak HTTP have in common. */
interface HttpSinkOptions {
    /** Where it is. An address in a private network is allowed: it stands in your code. */
    readonly url: string;
    /**
     * What the sink is called: in events, in `router.sinks` and in the store. Two sinks of one kind need
     * two names, and a name should stay: what waits is stored under it. Default: that of the kind.
     */
    readonly name?: string | undefined;
    /**
     * The name its credential has in the secret store, as the id of a provider has: `somabrain` is
     * `SOMABRAIN_API_KEY` in the environment and `secret/llm/somabrain` in Vault. Not the credential
     * itself, which is never given in code. Default: the sink's own name.
     */
    readonly secretName?: string | undefined;
    /** Sent with every request besides the sink's own, which win. Default: none. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
    /** How long one delivery may take, milliseconds. Default: `10_000`. */
    readonly timeoutMs?: number | undefined;
    /** Default: the real world. */
    readonly runtime?: SinkRuntime | undefined;
}
type SinkRuntime = Pick<Runtime, 'fetch' | 'now' | 'sleep'>;

interface AlertWebhookOptions extends HttpSinkOptions {
    /** The address that is posted to, as it is. */
    readonly url: string;
}
/**
 * Posts alerts to an address of yours, signed as the Standard Webhooks specification says, with the key
 * that the secret store has (`whsec_…`). Any 2xx is a receipt.
 *
 * @throws ConfigError that names the option that is wrong.
 */
declare function alertWebhook(options: AlertWebhookOptions): AlertSink;

interface SomaBrainSinkOptions extends HttpSinkOptions {
    /** Where SomaBrain is, without the path of an endpoint: `http://localhost:9696`. */
    readonly url: string;
    /**
     * Whether the stored text of answers is sent; the router must store it (`storeContent`). Questions
     * are never stored and never sent. Default: `false`.
     */
    readonly sendText?: boolean | undefined;
    /** What a retraction is told as, 0 to 1: SomaBrain takes nothing back. Default: `0.5`. */
    readonly neutralRating?: number | undefined;
    /** SomaBrain's name of a tenant of ours. Default: the same. */
    readonly tenantOf?: ((tenantId: string) => string) | undefined;
}
/**
 * Tells SomaBrain of every change of an answer's rating, by `POST {url}/context/feedback` with the
 * bearer token that the secret store has. Signals that change no rating are not told: it would learn
 * the same thing twice.
 *
 * @throws ConfigError that names the option that is wrong.
 */
declare function somaBrainSink(options: SomaBrainSinkOptions): LearningSink;

interface WebhookSinkOptions extends HttpSinkOptions {
    /** The address that is posted to, as it is. */
    readonly url: string;
    /** Whether the stored text of answers is sent; the router must store it (`storeContent`). Default: `false`. */
    readonly sendText?: boolean | undefined;
}
/**
 * Posts every signal to an address of yours, signed as the Standard Webhooks specification says, with
 * the key that the secret store has (`whsec_…`). Any 2xx is a receipt.
 *
 * @throws ConfigError that names the option that is wrong.
 */
declare function webhookSink(options: WebhookSinkOptions): LearningSink;

export { alertWebhook, createExperience, createFeedback, evaluateStrategies, resolveFeedbackRules, somaBrainSink, webhookSink };
export type { AlertWebhookOptions, CandidateFacts, CandidateFactsOf, Estimate, Estimates, EvaluateOptions, EvaluationCounts, EvaluationDiagnostics, EvaluationRefusal, EvaluationReport, Experience, ExperienceCheckpoint, ExperienceOptions, ExperienceTenant, Feedback, FeedbackInput, FeedbackOptions, FeedbackResult, FeedbackRules, HttpSinkOptions, ImplicitSignal, MovedExperience, ResolvedFeedbackRules, ResolvedSignalValues, RetractInput, SignalValues, SinkRuntime, SomaBrainSinkOptions, UnfinishedAnswer, UnusableReason, WebhookSinkOptions };
