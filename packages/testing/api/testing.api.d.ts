// The public types of @imrs/testing. Written by `npm run api:update`.

// ---- contracts.d.ts ----

import { SecretStore, Strategy, Store, ExperienceCell } from '@imrs/core';

/** A store under test. */
interface SecretStoreContractSetup {
    readonly name: string;
    /** Opens a store of its own that holds these keys, by provider id; they lie where {@link vaultPathOf} says. */
    readonly open: (secrets: Readonly<Record<string, string>>) => Promise<SecretStore>;
    /**
     * Puts what the store reads from out of reach; the function it gives puts it back, with all that
     * was in it. For stores that read from elsewhere.
     */
    readonly breakDown?: ((store: SecretStore) => Promise<() => Promise<void>>) | undefined;
    /**
     * Keeps what the store reads from from answering. `reached` resolves as soon as something waits
     * for it, `resume` lets it answer. For stores that read from elsewhere.
     */
    readonly stall?: ((store: SecretStore) => SecretStoreStall) | undefined;
}
/** What a store waits at. */
interface SecretStoreStall {
    readonly reached: Promise<void>;
    readonly resume: () => void;
}
/** What every {@link SecretStore} does, whether it can be written or not. */
declare function secretStoreContract(setup: SecretStoreContractSetup): void;

interface StrategyContractSetup {
    readonly name: string;
    readonly make: () => Strategy;
}
/** What every strategy promises, whatever it prefers. */
declare function strategyContract({ name, make }: StrategyContractSetup): void;

/** A store to test, and what the suite may see of it behind the contract. */
interface StoreUnderTest {
    /** Migrated and empty. */
    readonly store: Store;
    /** Opens another store on the same data. Left out with the deviation `shared-data`. */
    readonly openAgain?: (() => Promise<Store>) | undefined;
    /** The experience of all scopes, tenants and agents. Left out with `raw-experience`. */
    readonly allExperience?: (() => Promise<readonly ExperienceCell[]>) | undefined;
    /** Called after the test, when the store was closed. */
    readonly dispose?: (() => Promise<void>) | undefined;
}
/** What an implementation may leave out. */
type StoreDeviation = 'shared-data' | 'raw-experience';
interface StoreContractSetup {
    /** Stands in the names of the tests. */
    readonly name: string;
    /** Opens a store of its own for one test. */
    readonly open: () => Promise<StoreUnderTest>;
    /** What this implementation leaves out, each with the reason; its tests are skipped. */
    readonly without?: Readonly<Partial<Record<StoreDeviation, string>>> | undefined;
}

/**
 * Declares the tests of every sentence of the `Store` contract for one implementation. Called at the
 * top level of a vitest file.
 */
declare function storeContract(setup: StoreContractSetup): void;

export { secretStoreContract, storeContract, strategyContract };
export type { SecretStoreContractSetup, SecretStoreStall, StoreContractSetup, StoreDeviation, StoreUnderTest, StrategyContractSetup };

// ---- gate.d.ts ----

/** A barrier between a test and the simulator: a stalled answer goes on when the test opens it. */
interface Gate {
    /** Resolves as soon as an answer has come to the gate: the client is waiting from here on. */
    readonly reached: Promise<void>;
    readonly isOpen: boolean;
    /** Lets every waiting and every later answer through. Opening twice does nothing. */
    open(): void;
    /**
     * Marks the gate as reached and waits until it is open.
     *
     * Rejects with the signal's reason when the client leaves or the simulator closes first.
     */
    pass(signal: AbortSignal): Promise<void>;
}
/** Makes a closed {@link Gate}. */
declare function createGate(): Gate;

export { createGate as c };
export type { Gate as G };

// ---- host.d.ts ----

import { Runtime, Store, ExperienceCell, ToolCall, TokenUsage, FinishReason, ProviderFailure, ModelCall, ListedModel, ProviderDefinition, ProviderPolicy } from '@imrs/core';

interface TestRuntimeOptions {
    /** Decides every random number and id. Default: 1. */
    readonly seed?: number | undefined;
    /** The time it is at first, epoch milliseconds. Default: 2026-01-01T00:00:00Z. */
    readonly start?: number | undefined;
    /** Default: no variable is set. */
    readonly environment?: Readonly<Record<string, string>> | undefined;
    /** Default: a function that fails with a message that names the address. */
    readonly fetch?: typeof globalThis.fetch | undefined;
}
/** A runtime in which nothing happens by itself: time stands still until {@link advance} moves it. */
interface TestRuntime extends Runtime {
    /**
     * Moves time forward, waking sleepers in the order they are due, each at its own time; one that a
     * woken sleeper starts is woken too when it is due in time. Returns after the code that was woken
     * has run until it waits again.
     */
    readonly advance: (durationMs: number) => Promise<void>;
    /** How many sleeps are waiting. */
    readonly sleeping: () => number;
}
/**
 * Makes a {@link Runtime} that is the same in every run: seeded chance, valid UUIDv7 ids made of its
 * clock and its seed, a clock that only {@link TestRuntime.advance} moves.
 *
 * A sleep of no duration ends at once; any other waits for `advance`.
 */
declare function createTestRuntime(options?: TestRuntimeOptions): TestRuntime;

/** A store, and what a test may see of it that the contract does not show. */
interface MemoryStore extends Store {
    /** The experience of every scope, in no order. */
    readonly allExperience: () => readonly ExperienceCell[];
}
/**
 * Makes a store that keeps everything in this process: the reference implementation of the contract,
 * and the store of tests. Nothing outlives the object.
 */
declare function memoryStore(): MemoryStore;

/** What a fake model does with one call. */
interface FakeAnswer {
    /** Given out piece by piece. Default: nothing. */
    readonly text?: string | readonly string[] | undefined;
    readonly reasoning?: string | undefined;
    readonly toolCalls?: readonly ToolCall[] | undefined;
    readonly usage?: TokenUsage | undefined;
    /** Default: `stop`, or `tool-calls` when there are some. */
    readonly finishReason?: FinishReason | undefined;
    /** Waited for before the first part. */
    readonly before?: Promise<unknown> | undefined;
    /** Waited for after the first piece of text. */
    readonly between?: Promise<unknown> | undefined;
    /** Thrown in place of the end, after whatever else was given out. */
    readonly failure?: ProviderFailure | undefined;
    /** Says nothing more, in place of the end, until the call is aborted. */
    readonly hangs?: boolean | undefined;
}
interface FakeCall extends ModelCall {
    readonly credential: string | undefined;
    /** Whether the reader left or aborted before the end. */
    readonly wasAborted: boolean;
}
interface FakeProviderOptions {
    /** Default: `fake`. */
    readonly id?: string | undefined;
    /** External ids, or what a list would say. Read anew at each sync. */
    readonly models: readonly (string | FakeModel)[];
    /** What a call is answered with. Default: the name of the model as text. */
    readonly answer?: ((call: ModelCall) => FakeAnswer) | undefined;
    /** Thrown by the list and by the credential check, when set. */
    readonly listFailure?: (() => ProviderFailure | undefined) | undefined;
    /** Waited for before the list is given, when set. */
    readonly listGate?: (() => Promise<unknown>) | undefined;
    /** Default: no limit. */
    readonly rateLimitRpm?: number | undefined;
    /** Part of its settings. Default: none. */
    readonly policy?: ProviderPolicy | undefined;
    /** Default: `false`. */
    readonly needsCredential?: boolean | undefined;
}
type FakeModel = Partial<ListedModel> & Pick<ListedModel, 'externalId'>;
/** A provider in memory that obeys the contract, for tests of what is built on it. */
interface FakeProvider {
    readonly definition: ProviderDefinition;
    /** In the order they began. */
    readonly calls: readonly FakeCall[];
}
declare function fakeProvider(options: FakeProviderOptions): FakeProvider;

export { createTestRuntime, fakeProvider, memoryStore };
export type { FakeAnswer, FakeCall, FakeModel, FakeProvider, FakeProviderOptions, MemoryStore, TestRuntime, TestRuntimeOptions };

// ---- simulator.d.ts ----

import { G as Gate } from './gate.js';
export { c as createGate } from './gate.js';
import { Runtime } from '@imrs/core';

/**
 * What a provider can refuse or fail at, in words of our own. Every dialect has its own status and
 * body for each of them.
 */
declare const SIMULATED_FAILURE_KINDS: readonly ["unknown-route", "unknown-model", "not-a-chat-model", "malformed-json", "invalid-request", "payload-too-large", "missing-key", "invalid-key", "permission-denied", "rate-limited", "upstream-rate-limited", "quota-exhausted", "insufficient-credits", "upstream-credits", "context-too-long", "content-filtered", "tools-unsupported", "images-unsupported", "overloaded", "unavailable", "server", "timeout"];
/** One of {@link SIMULATED_FAILURE_KINDS}. */
type SimulatedFailureKind = (typeof SIMULATED_FAILURE_KINDS)[number];

/**
 * When to come back, in the form in which it is sent.
 *
 * - `seconds`, `date`, `milliseconds`: the headers `retry-after: 2`, `retry-after: <HTTP date>`,
 *   `retry-after-ms: 2000`;
 * - `native`: where the provider really puts it — OpenAI in `retry-after` and the
 *   `x-ratelimit-reset-*` durations, OpenRouter in `error.metadata.headers`, Gemini in `RetryInfo`,
 *   Requesty in `retry-after`.
 */
interface RetryAfter {
    readonly form: 'seconds' | 'date' | 'milliseconds' | 'native';
    readonly delayMs: number;
}
/** A tool call that a scripted answer makes. Text arguments are sent as they are, broken or not. */
interface ScriptedToolCall {
    readonly name: string;
    readonly arguments: Readonly<Record<string, unknown>> | string;
    readonly id?: string | undefined;
}
/** Why a scripted answer ends; `none` leaves the reason out. */
type AnswerFinish = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'none';
/** Tokens of one answer. `outputTokens` includes the reasoning, `inputTokens` the cached ones. */
interface SimulatedUsage {
    readonly inputTokens: number;
    readonly cachedInputTokens: number;
    readonly outputTokens: number;
    readonly reasoningTokens: number;
}
/** An HTTP status in the dialect's body style. `body` and `headers` replace or join what it has. */
interface StatusBehaviour {
    readonly type: 'status';
    readonly status: number;
    readonly message?: string | undefined;
    /** Text is sent as `text/html`, anything else as JSON. */
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    readonly retryAfter?: RetryAfter | undefined;
}
/** One of the provider's own errors, with its real status and body. */
interface FailBehaviour {
    readonly type: 'fail';
    readonly failure: SimulatedFailureKind;
    readonly message?: string | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    readonly retryAfter?: RetryAfter | undefined;
}
/** HTTP 200 whose JSON body is an error, for a stream as well. `in-choice`: OpenRouter's second form. */
interface SuccessWithErrorBehaviour {
    readonly type: 'success-with-error';
    readonly place?: 'body' | 'in-choice' | undefined;
    readonly failure?: SimulatedFailureKind | undefined;
}
/** The answer itself: what is given replaces what the simulator would have written. */
interface RespondBehaviour {
    readonly type: 'respond';
    readonly text?: string | undefined;
    readonly reasoning?: string | undefined;
    readonly toolCalls?: readonly ScriptedToolCall[] | undefined;
    readonly finish?: AnswerFinish | undefined;
    /** `null` leaves usage out of the answer. */
    readonly usage?: Partial<SimulatedUsage> | null | undefined;
    /** The model that the answer says it comes from. Default: the one asked. */
    readonly model?: string | undefined;
}
/** Holds the answer back at a stage until the test opens the gate. */
interface StallBehaviour {
    readonly type: 'stall';
    readonly stage: 'headers' | 'first-chunk' | 'between-chunks';
    readonly gate: Gate;
    /** For `between-chunks`: how many visible chunks go out before. Default: `1`. */
    readonly afterChunks?: number | undefined;
}
/** A frame that is not what it should be; the stream goes on after it. */
interface MalformedBehaviour {
    readonly type: 'malformed';
    readonly afterChunks: number;
    /** Default: `cut-json`. */
    readonly form?: 'cut-json' | 'plain-text' | 'html' | 'invalid-utf8' | undefined;
}
/** An error inside a running stream, after which the server ends it. */
interface StreamErrorBehaviour {
    readonly type: 'stream-error';
    readonly afterChunks: number;
    /** Default: `overloaded`. */
    readonly failure?: SimulatedFailureKind | undefined;
    readonly message?: string | undefined;
    /** `event`: named by an `event: error` line, which OpenAI may send. Default: `data`. */
    readonly form?: 'data' | 'event' | undefined;
}
/** Allowed but unusual bytes: a correct client notices nothing. */
interface FramingBehaviour {
    readonly type: 'framing';
    readonly lineEnding?: '\n' | '\r\n' | undefined;
    /** Cuts the body into writes of this many bytes, through characters and lines. */
    readonly bytesPerWrite?: number | undefined;
    /** Puts a comment line before every frame. */
    readonly withComments?: boolean | undefined;
}
/**
 * What the simulator does to one request instead of simply answering it.
 *
 * Chunks are counted in visible ones (text, reasoning or a part of a tool call); a body that is not
 * a stream is cut into four. `afterChunks` beyond the end means: just before the end.
 */
type Behaviour = StatusBehaviour | FailBehaviour | SuccessWithErrorBehaviour | RespondBehaviour | StallBehaviour | MalformedBehaviour | StreamErrorBehaviour | FramingBehaviour
/** The request is answered as if nothing were scripted; a pause in a queue of faults. */
 | {
    readonly type: 'normal';
}
/** A well-formed answer without text; for a list, an empty list. */
 | {
    readonly type: 'empty';
}
/** The connection goes away before any header, like a refused one. */
 | {
    readonly type: 'disconnect';
}
/** The connection is reset (RST) after some chunks. */
 | {
    readonly type: 'reset';
    readonly afterChunks: number;
}
/** The body ends cleanly, but too early: no finish reason, no usage, no `[DONE]`. */
 | {
    readonly type: 'truncate';
    readonly afterChunks: number;
}
/** Several at once, for example a `respond` that is then `reset`. */
 | {
    readonly type: 'combine';
    readonly behaviours: readonly Behaviour[];
};
/** A behaviour that is not a combination of others. */
type SingleBehaviour = Exclude<Behaviour, {
    readonly type: 'combine';
}>;

/** The wire formats that the simulator speaks. */
declare const SIMULATED_DIALECTS: readonly ["openrouter", "openai", "requesty", "google", "anthropic"];
/** One of {@link SIMULATED_DIALECTS}. */
type SimulatedDialect = (typeof SIMULATED_DIALECTS)[number];
/** The kinds of task in which simulated models differ. */
declare const SIMULATED_TASKS: readonly ["code", "translation", "summarization", "analysis", "math", "creative", "slides", "document", "image", "general"];
/** One of {@link SIMULATED_TASKS}. */
type SimulatedTask = (typeof SIMULATED_TASKS)[number];
/** How good a model is, 0 to 1, per task; `default` counts for every task that is not named. */
type SimulatedSkill = Readonly<{
    default: number;
} & Partial<Record<SimulatedTask, number>>>;
/** What a model is for. Only `chat` models answer chat requests. */
type SimulatedModelKind = 'chat' | 'embedding' | 'image' | 'moderation' | 'speech' | 'transcription';
/** US dollars per token as decimal text, verbatim. The simulator bills with these. */
interface SimulatedPrices {
    readonly input: string;
    readonly output: string;
    /** Default: `input`. */
    readonly cachedInput?: string | undefined;
}
/** A model that the simulator lists and answers for. */
interface SimulatedModel {
    readonly dialect: SimulatedDialect;
    /** As the provider spells it; for Gemini without the `models/` in front. */
    readonly id: string;
    readonly name: string;
    readonly description: string;
    /** Unix seconds. */
    readonly created: number;
    readonly kind: SimulatedModelKind;
    readonly contextLength: number;
    /** `null` when the provider does not say. */
    readonly maxOutputTokens: number | null;
    readonly inputModalities: readonly string[];
    readonly outputModalities: readonly string[];
    readonly prices: SimulatedPrices;
    /** In the words of the provider's list; `tools` and `structured_outputs` follow the flags below. */
    readonly supportedParameters: readonly string[];
    readonly supportsTools: boolean;
    readonly supportsStructuredOutput: boolean;
    /** `always`: thinks without being asked, unless told not to. `on-request`: only when asked to. */
    readonly reasoning: 'never' | 'on-request' | 'always';
    readonly skill: SimulatedSkill;
    /** Used with `pace: 'realistic'` only. */
    readonly speed: {
        readonly firstTokenMs: number;
        readonly tokensPerSecond: number;
    };
    /** Requesty: `false` hides the model from a list that is asked for with a key. Default: `true`. */
    readonly isApproved?: boolean | undefined;
    /** Fields of the provider's list row, laid over the ones made from this object. */
    readonly row?: Readonly<Record<string, unknown>> | undefined;
}

/** What a request is about. */
type SimulatedOperation = 'chat' | 'list' | 'key' | 'other';
/** Which requests a script is for; what is left out matches all. */
interface RequestMatch {
    readonly dialect?: SimulatedDialect | undefined;
    /** The model's id, exactly. */
    readonly model?: string | undefined;
    /** A part of the request's path, for example `/models`. */
    readonly path?: string | undefined;
    /** Default: `chat`, unless `path` is given; then every operation. */
    readonly operation?: SimulatedOperation | undefined;
}
/** A script that was handed over; lets a test see that it was used up, or take it back. */
interface ScriptHandle {
    /** How many behaviours wait for a request; `1` for `always` until it is removed. */
    readonly pending: number;
    remove(): void;
}

/**
 * How a call ended. `refused`: with an error that the request itself deserved (wrong key, unknown
 * model …). `faulted`: as scripted. `server-closed`: the simulator was closed while it ran.
 */
type CallOutcome = 'completed' | 'refused' | 'faulted' | 'aborted-by-client' | 'server-closed';
/** One request that reached the simulator. It is filled in while the call runs. */
interface SimulatedCall {
    /** Counts from 1 in the order of arrival. */
    readonly number: number;
    readonly dialect: SimulatedDialect | undefined;
    readonly operation: SimulatedOperation;
    readonly method: string;
    /** With its query, without a key in it. */
    readonly path: string;
    /** Without anything secret. */
    readonly headers: Readonly<Record<string, string>>;
    readonly credential: 'missing' | 'invalid' | 'valid';
    /** The parsed JSON, or `undefined`. */
    readonly body: unknown;
    readonly model: string | undefined;
    readonly isStream: boolean;
    readonly task: SimulatedTask | undefined;
    readonly quality: number | undefined;
    /** The types of the scripted behaviours that it consumed. */
    readonly behaviours: readonly SingleBehaviour['type'][];
    /** `undefined` as long as no header was sent. */
    readonly status: number | undefined;
    /** Visible chunks that were sent. */
    readonly chunksSent: number;
    /** Tokens of output in them. */
    readonly tokensSent: number;
    /** What was billed: on an aborted stream the input and what was sent of the output. */
    readonly usage: SimulatedUsage | undefined;
    readonly costUsd: number | undefined;
    /** The id that the answer carried. */
    readonly answerId: string | undefined;
    /** `undefined` while the call runs. */
    readonly outcome: CallOutcome | undefined;
    /** Resolves when the call has ended and everything above is final. Never rejects. */
    readonly closed: Promise<CallOutcome>;
}

/**
 * What the simulator serves unless told otherwise: the six models of the mascot chat, each best at
 * something else, and the rows that a careless parser of the five lists falls over.
 */
declare const DEFAULT_SIMULATED_MODELS: readonly SimulatedModel[];

/** What a user asked: the text, and how many images came with it. */
type SimulatedPrompt = string | {
    readonly text: string;
    readonly images?: number;
};
/**
 * Guesses what kind of task a prompt is, from a short table of words. Images make it `image`.
 *
 * It is the simulator's own idea of a task and deliberately not the router's: a router has to learn
 * which model is good at what it calls a task from the ratings alone.
 */
declare function guessTask(prompt: SimulatedPrompt): SimulatedTask;

/**
 * The two parts of the runtime that the simulator uses: the clock that stamps answers, and the
 * sleep that paces them (with `pace: 'realistic'` only; nothing is ever ordered by time).
 */
type SimulatorRuntime = Pick<Runtime, 'now' | 'sleep'>;

/** The keys that a provider accepts; the first is the one that `simulator.keys` shows. */
type SimulatedKeys = Readonly<Partial<Record<SimulatedDialect, string | readonly string[]>>>;
/** What {@link startSimulator} takes. */
interface SimulatorOptions {
    /** Default: `0`, a free one. */
    readonly port?: number | undefined;
    /** Decides on the quality of answers, their wording and their ids. Default: `1`. */
    readonly seed?: number | undefined;
    /** `realistic`: waits as long as each model's speed says, through the runtime. Default: `instant`. */
    readonly pace?: 'instant' | 'realistic' | undefined;
    /** Default: `DEFAULT_SIMULATED_MODELS`. */
    readonly models?: readonly SimulatedModel[] | undefined;
    readonly keys?: SimulatedKeys | undefined;
    /** Gemini and Anthropic give at most so many rows a page, so that nobody gets by without paging. Default: `5`. */
    readonly maxPageSize?: number | undefined;
    /** How many calls `calls` remembers; older ones are forgotten. Default: `1000`. */
    readonly callCapacity?: number | undefined;
    /** Default: the system's clock and sleep. */
    readonly runtime?: SimulatorRuntime | undefined;
}

/** The three sorts of answers that a reader can tell apart. */
type AnswerLevel = 'good' | 'fair' | 'poor';
/**
 * The quality, 0 to 1, of the answer that a model gives to a prompt.
 *
 * Depends on its arguments only: the model's skill for the guessed task, moved by at most 0.25 (a
 * triangle, so mostly by less). A driver that plays the user calls it to decide on the thumb.
 */
declare function qualityOf(model: Pick<SimulatedModel, 'id' | 'skill'>, prompt: SimulatedPrompt, seed: number): number;
/** Which sort of answer a quality gives: `good` from 0.62, `poor` below 0.42. */
declare function answerLevel(quality: number): AnswerLevel;

/** What every model needs; the rest of {@link SimulatedModel} has defaults. */
type SimulatedModelInput = Pick<SimulatedModel, 'dialect' | 'id'> & Partial<SimulatedModel>;
/**
 * A model with defaults for what is not said: text in, text out, 128,000 tokens of context, tools,
 * structured output, no reasoning, skill 0.6, $1 and $2 per million tokens.
 */
declare function simulatedModel(input: SimulatedModelInput): SimulatedModel;

/** Where each provider lives. `google` and `anthropic` are the origins for their SDKs, without a version. */
type SimulatorBaseUrls = Readonly<Record<SimulatedDialect | 'requestyApi', string>>;
/** A running simulator. */
interface Simulator {
    /** `http://127.0.0.1:PORT` */
    readonly url: string;
    readonly baseUrls: SimulatorBaseUrls;
    /** A key that works, per provider. */
    readonly keys: Readonly<Record<SimulatedDialect, string>>;
    readonly seed: number;
    readonly models: readonly SimulatedModel[];
    /** What arrived since the start or the last `reset`, oldest first, the running ones included. */
    readonly calls: readonly SimulatedCall[];
    /** The next call, from now on, that matches; by default the next chat call. */
    nextCall(match?: RequestMatch): Promise<SimulatedCall>;
    /** Queues behaviours: each matching request consumes one, in order. */
    script(match: RequestMatch, ...behaviours: readonly Behaviour[]): ScriptHandle;
    /** Sets what happens to every matching request for which nothing is queued. */
    always(match: RequestMatch, behaviour: Behaviour): ScriptHandle;
    /** Replaces the models; the lists and the answers change from the next request on. */
    replaceModels(models: readonly SimulatedModel[]): void;
    /** Replaces the keys of the providers that are named. */
    replaceKeys(keys: SimulatedKeys): void;
    /** Forgets scripts and calls, counts calls from 1 again, and restores models and keys. */
    reset(): void;
    /** Ends every connection and frees the port. Closing twice is fine. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
/**
 * Starts an HTTP server on the loopback interface that speaks like OpenRouter, OpenAI, Requesty,
 * Gemini and Anthropic, well enough that their own client libraries cannot tell.
 *
 * The same seed, runtime and order of requests give the same bytes. Rejects when the port is taken.
 */
declare function startSimulator(options?: SimulatorOptions): Promise<Simulator>;

export { DEFAULT_SIMULATED_MODELS, Gate, SIMULATED_DIALECTS, SIMULATED_FAILURE_KINDS, SIMULATED_TASKS, answerLevel, guessTask, qualityOf, simulatedModel, startSimulator };
export type { AnswerFinish, AnswerLevel, Behaviour, CallOutcome, FailBehaviour, FramingBehaviour, MalformedBehaviour, RequestMatch, RespondBehaviour, RetryAfter, ScriptHandle, ScriptedToolCall, SimulatedCall, SimulatedDialect, SimulatedFailureKind, SimulatedKeys, SimulatedModel, SimulatedModelInput, SimulatedModelKind, SimulatedOperation, SimulatedPrices, SimulatedPrompt, SimulatedSkill, SimulatedTask, SimulatedUsage, Simulator, SimulatorBaseUrls, SimulatorOptions, SimulatorRuntime, SingleBehaviour, StallBehaviour, StatusBehaviour, StreamErrorBehaviour, SuccessWithErrorBehaviour };

// ---- vault.d.ts ----

import { Runtime, JsonObject } from '@imrs/core';
import { G as Gate } from './gate.js';

/** The clock that ends tokens and stamps versions, and the chance that tokens are drawn from. */
type VaultServerRuntime = Pick<Runtime, 'now' | 'random'>;

/** What a token is made of. */
interface VaultTokenOptions {
    /** Names of policies. Default: none beyond `default`. */
    readonly policies?: readonly string[] | undefined;
    /** Default: it never ends. */
    readonly ttlMs?: number | undefined;
    /** No renewal goes beyond it, counted from the making. Default: no limit. */
    readonly maxTtlMs?: number | undefined;
    /** Default: `true` where there is a `ttlMs`. */
    readonly isRenewable?: boolean | undefined;
    /** Default: `true`; without it a token can neither look itself up nor renew itself. */
    readonly hasDefaultPolicy?: boolean | undefined;
    /** Default: the root namespace. */
    readonly namespace?: string | undefined;
    /** Default: one is drawn. */
    readonly token?: string | undefined;
}

/** A role for AppRole logins, and what the tokens it gives are made of. */
interface VaultAppRoleOptions extends Omit<VaultTokenOptions, 'token'> {
    /** Default: `approle`. */
    readonly mount?: string | undefined;
    /** How many logins a secret id is good for. Default: `0`, without limit. */
    readonly secretIdUses?: number | undefined;
}
interface VaultAppRole {
    readonly roleId: string;
    readonly secretId: string;
    /** Makes another secret id for the role; the earlier ones stay. */
    readonly newSecretId: () => string;
    /** Ends every secret id of the role. Tokens that were given out go on. */
    readonly revokeSecretIds: () => void;
}

/** One request that reached the server, without anything secret: no token, no value, no body. */
interface VaultAuditEntry {
    /** Counts from 1 in the order of arrival. */
    readonly number: number;
    readonly method: string;
    /** Below `/v1/`, without the query. */
    readonly path: string;
    readonly namespace: string;
    readonly atMs: number;
    /** `invalid`: unknown, ended or revoked. */
    readonly token: 'missing' | 'invalid' | 'valid';
    /** `undefined` while it runs, and when the client left first. */
    readonly status: number | undefined;
    readonly isAborted: boolean;
}

type VaultCapability = 'create' | 'read' | 'update' | 'delete' | 'list' | 'deny';
/** One `path` block of a policy. */
interface VaultPolicyRule {
    /** As in HCL: `secret/data/llm/*`, `secret/data/+/openai`. */
    readonly path: string;
    readonly capabilities: readonly VaultCapability[];
}

/** A certificate and its key, PEM: the server then speaks HTTPS. */
interface VaultServerTls {
    readonly cert: string;
    readonly key: string;
    /** Clients must show a certificate that this one signed. Default: none is asked for. */
    readonly clientCa?: string | undefined;
}
/** What {@link startVaultServer} takes. */
interface VaultServerOptions {
    /** Default: `0`, a free one; `stop` and `start` keep it. */
    readonly port?: number | undefined;
    /** Where KV v2 engines are mounted, in every namespace. Default: `['secret']`. */
    readonly mounts?: readonly string[] | undefined;
    /** Besides the root namespace. Default: none. */
    readonly namespaces?: readonly string[] | undefined;
    /** By name. `default` and `root` are always there. */
    readonly policies?: Readonly<Record<string, readonly VaultPolicyRule[]>> | undefined;
    /** Default: `root-token`. */
    readonly rootToken?: string | undefined;
    /** Default: plain HTTP. */
    readonly tls?: VaultServerTls | undefined;
    /** Default: the system's clock and chance. */
    readonly runtime?: VaultServerRuntime | undefined;
}

/**
 * What the node is. `standby` passes requests on to the active node; `leaderless` is a standby
 * that finds none.
 */
type VaultRole = 'active' | 'standby' | 'leaderless';

/** Where a secret lies, for a test that looks at it past the API. */
interface VaultPlace {
    /** `secret/llm/openai`: with the mount, without `data`. */
    readonly path: string;
    /** Default: the root namespace. */
    readonly namespace?: string | undefined;
}
/** A running server. */
interface VaultServer {
    /** `http://127.0.0.1:PORT`, or `https` with a certificate. It stays the same from start to start. */
    readonly url: string;
    readonly rootToken: string;
    /** What arrived since the start or the last `clearRequests`, oldest first, without secrets. */
    readonly requests: readonly VaultAuditEntry[];
    clearRequests(): void;
    createToken(options?: VaultTokenOptions): string;
    revokeToken(token: string): void;
    createAppRole(options?: VaultAppRoleOptions): VaultAppRole;
    setPolicy(name: string, rules: readonly VaultPolicyRule[]): void;
    /** Writes a new version past the API. */
    put(place: VaultPlace | string, data: JsonObject): void;
    /** The newest version that can be read, past the API. */
    get(place: VaultPlace | string): JsonObject | undefined;
    /** Every request but those about its state is answered 503. */
    seal(): void;
    unseal(): void;
    /** `standby` still answers everything, as a node does that passes requests on; `leaderless` nothing. */
    setRole(role: VaultRole): void;
    /**
     * From now on requests wait at the gate that this returns before they are answered; those below
     * `path` only, where one is given. The last gate counts, until it is open.
     */
    stall(path?: string): Gate;
    /** Resolves when no request is running, one that waits at a gate included. */
    idle(): Promise<void>;
    /** Takes the same port again, with everything as it was. */
    start(): Promise<void>;
    /** Cuts every connection and refuses new ones. Nothing is forgotten. */
    stop(): Promise<void>;
    /** Stops for good. Closing twice is fine. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
/**
 * Starts an HTTP server on the loopback interface that speaks like HashiCorp Vault: the KV v2
 * engine, tokens, AppRole logins, policies and namespaces, as far as a client can tell.
 *
 * Everything is in memory. Time passes with `runtime`, so tokens end when a test's clock says so.
 */
declare function startVaultServer(options?: VaultServerOptions): Promise<VaultServer>;

export { Gate, startVaultServer };
export type { VaultAppRole, VaultAppRoleOptions, VaultAuditEntry, VaultCapability, VaultPlace, VaultPolicyRule, VaultRole, VaultServer, VaultServerOptions, VaultServerRuntime, VaultServerTls, VaultTokenOptions };
