// The public types of @imrs/testing. Written by `npm run api:update`.

// ---- conformance.d.ts ----

import { S as ScenarioGroup, a as SubjectUnderTest, C as ConformanceScenario, b as ConformanceSubject } from './scenario.js';
export { c as CONFORMANCE_ABILITIES, d as CandidatePrices, e as ConformanceAbility, f as ConformanceAttempt, g as ConformanceCandidate, h as ConformanceEnd, i as ConformanceEndpoint, j as ConformanceError, k as ConformancePart, l as ConformanceRequest, m as ConformanceTimeouts, n as ConformanceTool, o as ConformanceTried, p as ConformanceUpstream, q as ConformanceWorld, r as SCENARIO_GROUPS, s as isConformanceAbility } from './scenario.js';
import './simulator.js';
import './gate.js';
import '@imrs/core';

/** How one scenario went. */
interface ScenarioResult {
    readonly id: string;
    readonly title: string;
    readonly group: ScenarioGroup;
    readonly status: 'passed' | 'failed' | 'skipped';
    /** Why it failed or was skipped. */
    readonly reason?: string | undefined;
    readonly durationMs: number;
}

/** Options of {@link runConformance}. */
interface RunConformanceOptions {
    readonly subject: SubjectUnderTest;
    /** Default: {@link CONFORMANCE_SCENARIOS}. */
    readonly scenarios?: readonly ConformanceScenario[] | undefined;
    /** Called after each scenario. What it throws ends the run. */
    readonly onResult?: ((result: ScenarioResult) => void) | undefined;
    /** Ends the run; what is running is ended first. */
    readonly signal?: AbortSignal | undefined;
    /** After how long a scenario that has not ended has failed, milliseconds. Default: `10_000`. */
    readonly deadlineMs?: number | undefined;
}
/** How a run went. */
interface ConformanceReport {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    /** In the order in which they ran. */
    readonly scenarios: readonly ScenarioResult[];
}
/**
 * Plays scenarios against a subject, one after the other, over real sockets on the loopback
 * interface.
 *
 * Rejects with the signal's reason on abort, after everything it opened is closed.
 *
 * @throws TypeError when the subject claims an ability that there is not.
 */
declare function runConformance(options: RunConformanceOptions): Promise<ConformanceReport>;

/** Something that text can be written to. */
interface TextOutput {
    readonly write: (text: string) => unknown;
    /** Whether a person looks at it. */
    readonly isTTY?: boolean | undefined;
}

/** What a command is run with. */
interface ConformanceCommand {
    /** The arguments behind the command's name. */
    readonly parameters: readonly string[];
    readonly stdout: TextOutput;
    readonly stderr: TextOutput;
    /** Stops the run. Default: nothing does. */
    readonly signal?: AbortSignal | undefined;
    /** Default: the environment of the process. */
    readonly environment?: ((name: string) => string | undefined) | undefined;
}
/**
 * The command `imrs-conformance`. Resolves with the exit code: 0 when all that ran passed, 1 when
 * something failed, 2 when there was nothing to run, 130 when it was stopped. Closes what it opened.
 */
declare function runConformanceCommand(command: ConformanceCommand): Promise<number>;

/** Options of {@link openAiEndpoint}. */
interface OpenAiEndpointOptions {
    /** Ends before `/chat/completions`. */
    readonly baseUrl: string;
    /** Sent as a bearer token. Default: none. */
    readonly apiKey?: string | undefined;
    readonly model: string;
    /** Default: the system's. */
    readonly fetch?: typeof globalThis.fetch | undefined;
}
/**
 * An HTTP endpoint in the form of OpenAI as a subject, read as strictly as a careful caller would: an
 * `end` needs a finish reason and a body that was not cut off before it. Everything else is an
 * `error`.
 *
 * Stateless; ends its request when the signal aborts or the loop is left.
 */
declare function openAiEndpoint(options: OpenAiEndpointOptions): ConformanceSubject;

/** Every scenario there is. Ids stay what they are; the list only grows. */
declare const CONFORMANCE_SCENARIOS: readonly ConformanceScenario[];

export { CONFORMANCE_SCENARIOS, ConformanceScenario, ConformanceSubject, ScenarioGroup, SubjectUnderTest, openAiEndpoint, runConformance, runConformanceCommand };
export type { ConformanceCommand, ConformanceReport, OpenAiEndpointOptions, RunConformanceOptions, ScenarioResult, TextOutput };

// ---- contracts.d.ts ----

import { SubjectUnderTest, ConformanceScenario } from './conformance.js';
import { SecretStore, Strategy, Store, ExperienceCell } from '@imrs/core';
import './simulator.js';
import './gate.js';

/** What {@link conformanceSuite} takes. */
interface ConformanceSuiteSetup {
    readonly subject: SubjectUnderTest;
    /** Default: all. */
    readonly scenarios?: readonly ConformanceScenario[] | undefined;
    /** Scenarios that the subject is known not to pass, by id, each with the reason. One that passes after all fails. Default: none. */
    readonly without?: Readonly<Record<string, string>> | undefined;
    /** After how long a scenario that has not ended has failed, milliseconds. Default: `10_000`. */
    readonly deadlineMs?: number | undefined;
}
/**
 * The fault-conformance suite as vitest tests, one for each scenario, over real sockets. What the
 * subject's wire format has not is left out; what it has no ability for is skipped, with the reason.
 */
declare function conformanceSuite(setup: ConformanceSuiteSetup): void;

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
type StoreDeviation = 'shared-data' | 'raw-experience' | 'maintenance' | 'watch';
interface StoreContractSetup {
    /** Stands in the names of the tests. */
    readonly name: string;
    /** Opens a store of its own for one test. */
    readonly open: () => Promise<StoreUnderTest>;
    /** How many random signals experience is tested with. Default: 600. */
    readonly randomOperations?: number | undefined;
    /** What this implementation leaves out, each with the reason; its tests are skipped. */
    readonly without?: Readonly<Partial<Record<StoreDeviation, string>>> | undefined;
}

/**
 * Declares the tests of every sentence of the `Store` contract for one implementation. Called at the
 * top level of a vitest file.
 */
declare function storeContract(setup: StoreContractSetup): void;

export { conformanceSuite, secretStoreContract, storeContract, strategyContract };
export type { ConformanceSuiteSetup, SecretStoreContractSetup, SecretStoreStall, StoreContractSetup, StoreDeviation, StoreUnderTest, StrategyContractSetup };

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

import { Runtime, Store, ExperienceCell, ToolCall, TokenUsage, FinishReason, ProviderFailure, ModelCall, ListedModel, ProviderDefinition, ProviderType, ProviderPolicy } from '@imrs/core';

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
    /** Waited for before the head of the answer. */
    readonly beforeHeaders?: Promise<unknown> | undefined;
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
    /** What it says of itself; what it does is the same. Default: `custom`. */
    readonly providerType?: ProviderType | undefined;
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

// ---- scenario.d.ts ----

import { S as SimulatedDialect, a as Simulator, b as SimulatedCall, B as Behaviour } from './simulator.js';
import { G as Gate } from './gate.js';
import { Runtime } from '@imrs/core';

/**
 * What a subject may be able to do beyond passing an answer through, and what that means. A scenario
 * that needs what the subject has not is skipped, with that as the reason.
 */
declare const CONFORMANCE_ABILITIES: {
    readonly faults: "calls the simulator of this suite as its provider";
    readonly failover: "asks the next model when one fails before anything was shown";
    readonly 'several-upstreams': "calls each model at an address of its own";
    readonly details: "says of a failure what kind it is, what was received, what was tried, and announces fallbacks";
    readonly timeouts: "gives up when the headers, the first part, the next part or the end are late";
    readonly retries: "repeats a failed call to the same model, after a wait";
    readonly breaker: "leaves a model alone that keeps failing, and tries it again later";
    readonly hedging: "asks a second model when the first is slow to begin";
    readonly clock: "takes its time from the suite, so that hours pass in no time";
    readonly ledger: "shows which calls it made and what they cost";
    readonly 'empty-answers': "takes an empty answer for one when the request says so";
    readonly 'context-sizes': "knows how much each model can read";
    readonly http: "is an HTTP endpoint in the form of OpenAI";
};
/** One of {@link CONFORMANCE_ABILITIES}. */
type ConformanceAbility = keyof typeof CONFORMANCE_ABILITIES;
/** True for the name of an ability. */
declare function isConformanceAbility(name: string): name is ConformanceAbility;

/** A tool that a request offers. */
interface ConformanceTool {
    readonly name: string;
    /** JSON Schema of the input. */
    readonly parameters: Readonly<Record<string, unknown>>;
}
/** One chat, in words that every subject can translate into its own. */
interface ConformanceRequest {
    /** The only message, from the user. */
    readonly prompt: string;
    readonly tools: readonly ConformanceTool[];
    /** `false` asks for the answer in one piece. */
    readonly stream: boolean;
    /** Whether an answer without text and tool calls is one. */
    readonly allowEmpty: boolean;
}
/** The model really finished. */
interface ConformanceEnd {
    readonly type: 'end';
    /** `stop`, `length`, `tool-calls` or `content-filter`. */
    readonly finishReason: string;
}
/** A model that did not answer, as the subject tells it. */
interface ConformanceTried {
    /** The id of the candidate. */
    readonly candidate: string;
    readonly kind: string;
    readonly wasCalled: boolean;
    readonly retryAtMs?: number | undefined;
}
/** The answer broke. What follows the message is told by subjects with the ability `details`. */
interface ConformanceError {
    readonly type: 'error';
    readonly message: string;
    /** A failure kind of `@imrs/core`. */
    readonly kind?: string | undefined;
    readonly isRetryable?: boolean | undefined;
    readonly isRetrySafe?: boolean | undefined;
    readonly retryAfterMs?: number | undefined;
    readonly received?: {
        readonly characters: number;
        readonly reasoningCharacters: number;
        readonly toolCalls: number;
    } | undefined;
    readonly tried?: readonly ConformanceTried[] | undefined;
}
/** What an answer is made of. Exactly one `end` or `error` comes last. */
type ConformancePart = {
    readonly type: 'text';
    readonly text: string;
} | {
    readonly type: 'reasoning';
    readonly text: string;
} | {
    readonly type: 'tool-call';
    readonly id: string;
    readonly name: string;
    readonly input: unknown;
} | {
    readonly type: 'usage';
    readonly inputTokens: number;
    readonly outputTokens: number;
}
/** Another model takes over; by the ids of the candidates. `kind`: what the one before failed of. */
 | {
    readonly type: 'fallback';
    readonly from: string;
    readonly to: string;
    readonly kind: string | undefined;
} | ConformanceEnd | ConformanceError;
/** A call to a model, as the subject has it in its books. */
interface ConformanceAttempt {
    /** The id of the candidate. */
    readonly candidate: string;
    readonly outcome: 'completed' | 'failed' | 'aborted';
    readonly inputTokens?: number | undefined;
    readonly outputTokens?: number | undefined;
    /** US dollars; `undefined` is unknown, never free. */
    readonly costUsd?: number | undefined;
}
/** What is under test, ready to be asked. */
interface ConformanceSubject {
    /**
     * Sends one chat. Sends nothing before the first pull, ends the request to the provider when the
     * signal aborts or the loop is left. After an abort it may throw the signal's reason; otherwise it
     * throws never.
     */
    chat(request: ConformanceRequest, options: {
        readonly signal: AbortSignal;
    }): AsyncIterable<ConformancePart>;
    /** Every call made so far, oldest first. For subjects with the ability `ledger`. */
    attempts?(): Promise<readonly ConformanceAttempt[]>;
    close?(): Promise<void>;
}
/** US dollars per token, as decimal text. */
interface CandidatePrices {
    readonly input: string;
    readonly output: string;
    /** Of tokens that the provider had read before. */
    readonly cachedInput: string;
}
/** A model that the subject is to use. */
interface ConformanceCandidate {
    /** `first`, `second` or `third`; fit for the id of a provider. */
    readonly id: string;
    readonly baseUrl: string;
    readonly apiKey: string;
    /** The provider's own name of the model. */
    readonly model: string;
    readonly contextLength: number;
    readonly prices: CandidatePrices;
}
/** How long each stage of a call may take, milliseconds. */
interface ConformanceTimeouts {
    readonly headersMs: number;
    readonly firstPartMs: number;
    readonly idleMs: number;
    /** From the start of a call to the end of an answer that is not streamed. */
    readonly wholeMs: number;
    readonly totalMs: number;
}
/** How the subject is to be configured. */
interface ConformanceWorld {
    /** In the order in which they are to be asked. Only subjects with `failover` get more than one. */
    readonly candidates: readonly ConformanceCandidate[];
    readonly timeouts: ConformanceTimeouts;
    /** How often one model may be asked again. */
    readonly retries: number;
    /** The wait before the first repetition at most. */
    readonly backOffMs: number;
    /** How long a request may wait for a model that is left alone, at most. */
    readonly maxWaitMs: number;
    /** After how many failures in a row a model is left alone, and for how long. Absent: as good as never. */
    readonly breaker: {
        readonly failures: number;
        readonly openMs: number;
    } | undefined;
    /** When a second model is asked. Absent: never. */
    readonly hedgeAfterMs: number | undefined;
    /** For subjects with the ability `clock`; the real world for others. */
    readonly runtime: Runtime;
}
/** A provider that a running subject was wired to before the suite began. */
interface ConformanceUpstream {
    readonly simulator: Simulator;
    /** The model that arrives at the simulator when the subject is asked. */
    readonly model: string;
}
/** Where an OpenAI-compatible endpoint is. */
interface ConformanceEndpoint {
    /** Ends before `/chat/completions`. */
    readonly baseUrl: string;
    readonly apiKey: string | undefined;
    readonly model: string;
}
/** What is under test and how to make it. */
interface SubjectUnderTest {
    readonly name: string;
    /** The wire format in which it calls its provider. */
    readonly dialect: SimulatedDialect;
    readonly abilities: readonly ConformanceAbility[];
    /** Called at least once for each scenario; what it makes is closed when the scenario is over. */
    make(world: ConformanceWorld): Promise<ConformanceSubject>;
    /** For a subject that runs already. Default: the suite starts its own, one for each candidate. */
    readonly upstream?: ConformanceUpstream | undefined;
    /** For subjects with the ability `http`. */
    readonly endpoint?: ConformanceEndpoint | undefined;
}

/** An answer that was read as far as it went. */
interface Reading {
    readonly parts: readonly ConformancePart[];
    readonly text: string;
    readonly reasoning: string;
    readonly toolCalls: readonly Extract<ConformancePart, {
        type: 'tool-call';
    }>[];
    readonly fallbacks: readonly Extract<ConformancePart, {
        type: 'fallback';
    }>[];
    /** `undefined` when the reader left, or the subject threw after an abort. */
    readonly last: ConformanceEnd | ConformanceError | undefined;
}
/** Reads an answer part by part, and holds every part against what an answer may look like. */
declare class AnswerReader {
    #private;
    /** The controller's signal is the one that the answer was asked with. */
    constructor(parts: AsyncIterable<ConformancePart>, abort: AbortController);
    /** Reads until something was shown; `false` when it ended without. */
    untilVisible(): Promise<boolean>;
    /** Reads what is left. Its rejection may be left alone until somebody awaits it. */
    toEnd(): Promise<Reading>;
    /** Leaves the loop, as `break` does. */
    leave(): Promise<Reading>;
    /** Aborts the signal the answer was asked with. */
    abort(): void;
    /** What was read so far. */
    reading(): Reading;
}

/** The candidates, in the order in which they are to be asked. */
declare const CANDIDATE_IDS: readonly ["first", "second", "third"];
type CandidateId = (typeof CANDIDATE_IDS)[number];
/** One provider, as a scenario sees it. */
interface UpstreamSide {
    readonly id: CandidateId;
    /** What it answers when nothing else is said. */
    readonly text: string;
    /** The chat calls that reached it, oldest first. */
    readonly calls: readonly SimulatedCall[];
    /** From now on, for every call. Together they are one behaviour. */
    does(...behaviours: readonly Behaviour[]): void;
    /** For the next calls, one each, before what it {@link does}. */
    doesOnce(...behaviours: readonly Behaviour[]): void;
    /** The call of this number, counted from 1, as soon as it is there. */
    call(number: number): Promise<SimulatedCall>;
    /** Closes its port: connections are refused from now on. Only where each candidate has its own. */
    shutDown(): Promise<void>;
}

/** The providers behind a subject, and what they are scripted to do. One scenario at a time. */
interface Upstreams {
    readonly sides: Readonly<Record<CandidateId, UpstreamSide>>;
    readonly candidates: readonly ConformanceCandidate[];
    /** Forgets every script and call. `isAlone`: what the first does, all do. */
    reset(how: {
        readonly isAlone: boolean;
    }): Promise<void>;
    close(): Promise<void>;
}

/** What a scenario wants the subject to be like. */
interface StageWishes extends Partial<Omit<ConformanceWorld, 'candidates' | 'runtime'>> {
    /** How many models there are to ask. Default: 1. */
    readonly candidates?: 1 | 2 | 3;
    /** `held`: time stands still but for {@link Stage.pass}, where the subject can take the suite's time. Default: `real`. */
    readonly time?: 'real' | 'held';
}
/** Where one scenario plays: the subject, the providers behind it, and the time. */
declare class Stage {
    #private;
    constructor(subjectUnderTest: SubjectUnderTest, upstreams: Upstreams);
    get first(): UpstreamSide;
    get second(): UpstreamSide;
    get third(): UpstreamSide;
    get dialect(): SubjectUnderTest['dialect'];
    /** For scenarios that need `http`. */
    get endpoint(): ConformanceEndpoint;
    /** Aborts when the scenario is over. */
    get signal(): AbortSignal;
    get subject(): ConformanceSubject;
    /** The keys that the subject was given for its providers. */
    get keys(): readonly string[];
    /** Where the provider of each candidate is, without a path. */
    originOf(id: CandidateId): string;
    can(ability: ConformanceAbility): boolean;
    /** Makes the subject anew. The providers answer as usual until they are told otherwise. */
    start({ candidates, time, ...wishes }?: StageWishes): Promise<void>;
    /** Asks the subject; nothing is sent before somebody reads. */
    ask(request?: Partial<ConformanceRequest>): AnswerReader;
    /** A closed gate, opened at the latest when the scenario is over. */
    gate(): Gate;
    /** Lets time pass: at once where it is held, else by waiting for it. */
    pass(durationMs: number): Promise<void>;
    /** Sets the wall clock. */
    jump(offsetMs: number): void;
    /** A few turns of the event loop, in which what is on its way arrives. */
    turns(): Promise<void>;
    /** Every call that reached a provider. */
    calls(): readonly SimulatedCall[];
    /** Ends everything that may still run. */
    clear(): Promise<void>;
}

/** What scenarios are about. */
declare const SCENARIO_GROUPS: {
    readonly reading: "Answers that are unusual and right";
    readonly start: "What goes wrong before anything is shown";
    readonly middle: "What goes wrong after something was shown";
    readonly finish: "What happens around the end";
    readonly statuses: "HTTP statuses";
    readonly failures: "Failures in the words of each provider";
    readonly limits: "Being told when to come back";
    readonly failover: "Another model takes over";
    readonly tools: "Tool calls";
    readonly timeouts: "What is late";
    readonly aborts: "Callers that leave";
    readonly breaker: "Models that keep failing";
    readonly hedging: "A second model for a slow one";
    readonly clock: "Clocks that jump";
    readonly ledger: "What calls cost";
    readonly load: "Many at once, and much at once";
    readonly endpoint: "HTTP endpoints in the form of OpenAI";
};
/** One of {@link SCENARIO_GROUPS}. */
type ScenarioGroup = keyof typeof SCENARIO_GROUPS;
/** What a provider does, and what the subject must make of it. */
interface ConformanceScenario {
    /** Stays what it is: documents and reports name it. */
    readonly id: string;
    readonly group: ScenarioGroup;
    /** A promise, as one sentence without a full stop. */
    readonly title: string;
    /** Without one of them the scenario is skipped. */
    readonly needs: readonly ConformanceAbility[];
    /** The wire formats that can show it. Default: all. */
    readonly dialects?: readonly SimulatedDialect[] | undefined;
    /** @throws BrokenPromise when the subject does something else. */
    readonly run: (stage: Stage) => Promise<void>;
}

export { CONFORMANCE_ABILITIES as c, SCENARIO_GROUPS as r, isConformanceAbility as s };
export type { ConformanceScenario as C, ScenarioGroup as S, SubjectUnderTest as a, ConformanceSubject as b, CandidatePrices as d, ConformanceAbility as e, ConformanceAttempt as f, ConformanceCandidate as g, ConformanceEnd as h, ConformanceEndpoint as i, ConformanceError as j, ConformancePart as k, ConformanceRequest as l, ConformanceTimeouts as m, ConformanceTool as n, ConformanceTried as o, ConformanceUpstream as p, ConformanceWorld as q };

// ---- simulator.d.ts ----

import { G as Gate } from './gate.js';
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
/** Where inside a body something strikes. */
interface BodyPlace {
    readonly afterChunks: number;
    /**
     * `true`: behind the finish reason, before what follows it (usage, `[DONE]`, `message_stop`, the end
     * of the body), whatever `afterChunks` says. Default: `false`.
     */
    readonly afterFinish?: boolean | undefined;
}
/** Holds the answer back at a stage until the test opens the gate. */
interface StallBehaviour extends Pick<BodyPlace, 'afterFinish'> {
    readonly type: 'stall';
    readonly stage: 'headers' | 'first-chunk' | 'between-chunks';
    readonly gate: Gate;
    /** For `between-chunks`: how many visible chunks go out before. Default: `1`. */
    readonly afterChunks?: number | undefined;
}
/** The connection goes away before the body. */
interface DisconnectBehaviour {
    readonly type: 'disconnect';
    /** How much of the head was sent: up to the end of the status line, or into the headers. Default: `nothing`. */
    readonly after?: 'nothing' | 'status-line' | 'headers' | undefined;
    /** `reset`: with RST in place of FIN. Default: `close`. */
    readonly form?: 'close' | 'reset' | undefined;
}
/** The connection is reset (RST) inside a body. */
interface ResetBehaviour extends BodyPlace {
    readonly type: 'reset';
    /** Bytes of the next chunk that are sent first. Default: `0`. */
    readonly bytesOfNext?: number | undefined;
}
/** The body ends cleanly, but too early: without what would have come after this place. */
interface TruncateBehaviour extends BodyPlace {
    readonly type: 'truncate';
    /** Bytes of the next chunk that are sent first. Default: `0`. */
    readonly bytesOfNext?: number | undefined;
}
/** A frame that is not what it should be; the stream goes on after it. */
interface MalformedBehaviour extends BodyPlace {
    readonly type: 'malformed';
    /** Default: `cut-json`. */
    readonly form?: 'cut-json' | 'plain-text' | 'html' | 'invalid-utf8' | undefined;
    /** The bytes themselves, in place of a form. */
    readonly bytes?: string | Uint8Array | undefined;
}
/** Something is sent twice, as a proxy does that repeats what it has sent. */
interface DuplicateBehaviour {
    readonly type: 'duplicate';
    /** `chunk`: the first visible one. `finish`: everything from the finish reason on. */
    readonly what: 'chunk' | 'finish';
}
/** Headers of the answer that replace or join those it has; its body stays. */
interface HeadersBehaviour {
    readonly type: 'headers';
    readonly headers: Readonly<Record<string, string>>;
}
/** An error inside a running stream, after which the server ends it. */
interface StreamErrorBehaviour extends BodyPlace {
    readonly type: 'stream-error';
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
type Behaviour = StatusBehaviour | FailBehaviour | SuccessWithErrorBehaviour | RespondBehaviour | StallBehaviour | MalformedBehaviour | StreamErrorBehaviour | FramingBehaviour | DisconnectBehaviour | ResetBehaviour | TruncateBehaviour | DuplicateBehaviour | HeadersBehaviour
/** The request is answered as if nothing were scripted; a pause in a queue of faults. */
 | {
    readonly type: 'normal';
}
/** A well-formed answer without text; for a list, an empty list. */
 | {
    readonly type: 'empty';
}
/** The last visible chunk of a stream comes behind its finish reason. */
 | {
    readonly type: 'late-chunk';
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
/** Decides what happens to a call, when its dialect, model and body are known and nothing else is. */
type DecideBehaviour = (call: SimulatedCall) => Behaviour;
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
    /** The last that was said of the tokens in what left whole for the client; `undefined` while nothing was. */
    readonly usageSent: SimulatedUsage | undefined;
    readonly costUsd: number | undefined;
    /** The id that the answer carried. */
    readonly answerId: string | undefined;
    /** `undefined` while the call runs. */
    readonly outcome: CallOutcome | undefined;
    /** Resolves when the call has ended and everything above is final. Never rejects. */
    readonly closed: Promise<CallOutcome>;
}

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
    /** Sets, or decides call by call, what happens to matching requests for which nothing is queued. */
    always(match: RequestMatch, behaviour: Behaviour | DecideBehaviour): ScriptHandle;
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

export { startSimulator as L, SIMULATED_DIALECTS as l, SIMULATED_FAILURE_KINDS as m, SIMULATED_TASKS as n };
export type { AnswerFinish as A, Behaviour as B, CallOutcome as C, DecideBehaviour as D, SingleBehaviour as E, FailBehaviour as F, StallBehaviour as G, HeadersBehaviour as H, StatusBehaviour as I, StreamErrorBehaviour as J, SuccessWithErrorBehaviour as K, MalformedBehaviour as M, RequestMatch as R, SimulatedDialect as S, TruncateBehaviour as T, Simulator as a, SimulatedCall as b, SimulatedModel as c, SimulatedTask as d, BodyPlace as e, DisconnectBehaviour as f, DuplicateBehaviour as g, FramingBehaviour as h, ResetBehaviour as i, RespondBehaviour as j, RetryAfter as k, ScriptHandle as o, ScriptedToolCall as p, SimulatedFailureKind as q, SimulatedKeys as r, SimulatedModelKind as s, SimulatedOperation as t, SimulatedPrices as u, SimulatedSkill as v, SimulatedUsage as w, SimulatorBaseUrls as x, SimulatorOptions as y, SimulatorRuntime as z };

// ---- simulator-2.d.ts ----

import { c as SimulatedModel, d as SimulatedTask } from './simulator.js';
export { A as AnswerFinish, B as Behaviour, e as BodyPlace, C as CallOutcome, D as DecideBehaviour, f as DisconnectBehaviour, g as DuplicateBehaviour, F as FailBehaviour, h as FramingBehaviour, H as HeadersBehaviour, M as MalformedBehaviour, R as RequestMatch, i as ResetBehaviour, j as RespondBehaviour, k as RetryAfter, l as SIMULATED_DIALECTS, m as SIMULATED_FAILURE_KINDS, n as SIMULATED_TASKS, o as ScriptHandle, p as ScriptedToolCall, b as SimulatedCall, S as SimulatedDialect, q as SimulatedFailureKind, r as SimulatedKeys, s as SimulatedModelKind, t as SimulatedOperation, u as SimulatedPrices, v as SimulatedSkill, w as SimulatedUsage, a as Simulator, x as SimulatorBaseUrls, y as SimulatorOptions, z as SimulatorRuntime, E as SingleBehaviour, G as StallBehaviour, I as StatusBehaviour, J as StreamErrorBehaviour, K as SuccessWithErrorBehaviour, T as TruncateBehaviour, L as startSimulator } from './simulator.js';
import { G as Gate } from './gate.js';
export { c as createGate } from './gate.js';
import { Runtime } from '@imrs/core';

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

/** A record that a receiver took, in the order it came. */
interface ReceivedRecord {
    /** What tells repeats: `webhook-id`, or `idempotency-key`. */
    readonly id: string;
    /** As the header or the body says. */
    readonly tenantId: string;
    readonly body: Readonly<Record<string, unknown>>;
}
/** What a receiver was asked, taken or not. */
interface SinkRequest extends ReceivedRecord {
    /** 1 for the first. */
    readonly number: number;
}
/** Each record once, where it came first. */
declare function withoutRepeats(received: readonly ReceivedRecord[]): readonly ReceivedRecord[];

/**
 * What a receiver does in place of taking a record and saying so. With `isTaken` it takes the record
 * first: the sender cannot know. Default: it does not.
 */
type SinkFault = {
    readonly type: 'status';
    readonly status: number;
    /** The value of `Retry-After`. */
    readonly retryAfter?: string | undefined;
    readonly isTaken?: boolean | undefined;
}
/** Says nothing until the gate is open, and then takes the record; without a gate, for ever. */
 | {
    readonly type: 'hang';
    readonly gate?: Gate | undefined;
    readonly isTaken?: boolean | undefined;
}
/** A 200 whose body is no answer of this receiver. */
 | {
    readonly type: 'garbage';
    readonly isTaken?: boolean | undefined;
}
/** Closes the connection: before the head, or in the middle of the body. */
 | {
    readonly type: 'cut';
    readonly place: 'head' | 'body';
    readonly isTaken?: boolean | undefined;
};

declare const SINK_KINDS: readonly ["somabrain", "webhook"];
type SinkKind = (typeof SINK_KINDS)[number];

interface SinkReceiverOptions {
    /** What it speaks. */
    readonly kind: SinkKind;
    /** The bearer token, or the key of signatures (`whsec_…`). Others are answered 401. */
    readonly secret: string;
    /** Default: one that is free. */
    readonly port?: number | undefined;
    /** Whose clock signatures are checked by. Default: the real one. */
    readonly runtime?: Pick<Runtime, 'now'> | undefined;
}
/** Decides what goes wrong with a request; `undefined`: nothing. */
type DecideSinkFault = (request: SinkRequest) => SinkFault | undefined;
/** A running receiver of feedback, on loopback. */
interface SinkReceiver {
    /** What a sink is given as its `url`. */
    readonly url: string;
    readonly port: number;
    /** What was taken, in order, repeats included. */
    readonly received: readonly ReceivedRecord[];
    /** Every request that was well formed, taken or not. */
    readonly requests: readonly SinkRequest[];
    /** How many requests hang now. */
    readonly hanging: number;
    /** Statuses of requests that were not. */
    readonly refusals: readonly number[];
    /** Decides on every request from now on, in place of what decided before. Default: nothing goes wrong. */
    decide(fault: DecideSinkFault | undefined): void;
    /** Resolves when the condition holds; asked again after each request. */
    until(condition: () => boolean): Promise<void>;
    /** Breaks what is open. Idempotent. */
    close(): Promise<void>;
}
/** Starts a receiver of SomaBrain's kind or of webhooks, which records what comes. */
declare function startSinkReceiver(options: SinkReceiverOptions): Promise<SinkReceiver>;

export { DEFAULT_SIMULATED_MODELS, Gate, SINK_KINDS, SimulatedModel, SimulatedTask, answerLevel, guessTask, qualityOf, simulatedModel, startSinkReceiver, withoutRepeats };
export type { AnswerLevel, DecideSinkFault, ReceivedRecord, SimulatedModelInput, SimulatedPrompt, SinkFault, SinkKind, SinkReceiver, SinkReceiverOptions, SinkRequest };

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
