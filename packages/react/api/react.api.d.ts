// The public types of @imrs/react. Written by `npm run api:update`.

// ---- components.d.ts ----

import { ModelInfo, ModelsProviderInfo, FeedbackReason, DecisionPart, ExclusionReason, AttemptCause, AttemptOutcome, FailureKind, PresetOrder, FallbackPart } from '@imrs/core';
import { ReactNode, ReactElement } from 'react';
import { UseModels, UseModel, Chat, ProviderHealth, Thumb, ChatEntry } from './index.js';

type PriceLevel = 'free' | 'low' | 'standard' | 'premium' | 'unknown';

/** Every text of the components. */
interface ImrsLabels {
    /** BCP 47 tag that numbers and times are written by. */
    readonly locale: string;
    readonly auto: string;
    readonly autoDescription: string;
    readonly defaultModel: string;
    readonly chooseModel: string;
    readonly searchModels: string;
    readonly clearFilters: string;
    readonly provider: string;
    readonly allProviders: string;
    readonly freeOnly: string;
    readonly capabilities: string;
    readonly automaticGroup: string;
    readonly favouritesGroup: string;
    readonly recentGroup: string;
    readonly favourite: string;
    readonly compare: string;
    readonly compareHint: string;
    readonly closeComparison: string;
    readonly details: string;
    readonly refresh: string;
    readonly refreshing: string;
    readonly retry: string;
    readonly loadingModels: string;
    readonly noMatch: string;
    readonly staleList: string;
    readonly dial: string;
    readonly dialQuality: string;
    readonly dialPrice: string;
    readonly dialUnset: string;
    /** The position of the dial, from 0 (quality only) to 1 (price only). */
    readonly dialAt: (costQuality: number) => string;
    readonly dialReset: string;
    /** Below the dial while a model is chosen, for which it means nothing. */
    readonly dialChoosesAuto: string;
    readonly dialIgnored: (costQuality: number) => string;
    readonly dismiss: string;
    readonly accept: string;
    readonly isNew: string;
    readonly added: string;
    readonly status: Readonly<Record<ModelInfo['status'], string>>;
    readonly health: Readonly<Record<ModelsProviderInfo['status'], string>>;
    readonly price: Readonly<Record<PriceLevel, string>>;
    readonly capability: (capability: string) => string;
    readonly shown: (shown: number, total: number) => string;
    readonly tokens: (count: string) => string;
    readonly degraded: (providers: string) => string;
    readonly nextReply: (next: string, running: string) => string;
    readonly migrated: (from: string, to: string) => string;
    readonly migrationOffered: (from: string, to: string) => string;
    readonly invalidSelection: (from: string, to: string | undefined) => string;
    readonly notSaved: (model: string) => string;
    readonly contextWindow: string;
    readonly inputPrice: string;
    readonly outputPrice: string;
    readonly perMillion: (price: string) => string;
    readonly unknown: string;
    readonly modalities: string;
    readonly state: string;
    readonly rateLimit: string;
    readonly requestsPerMinute: (count: string) => string;
    readonly measured: string;
    readonly notMeasured: string;
    readonly fewRatings: (minimum: number) => string;
    readonly taskType: string;
    readonly task: (taskType: string) => string;
    readonly quality: string;
    readonly ratings: (count: number) => string;
    readonly latency: string;
    readonly firstWord: string;
    readonly milliseconds: (value: string) => string;
    readonly providers: string;
    readonly models: (count: number) => string;
    readonly lastChecked: string;
    readonly rateAnswer: string;
    readonly thumbUp: string;
    readonly thumbDown: string;
    readonly ratedUp: string;
    readonly ratedDown: string;
    readonly ratingTakenBack: string;
    readonly ratingFailed: (message: string) => string;
    readonly undo: string;
    /** Above the reasons of a thumb. */
    readonly reasons: string;
    readonly reason: Readonly<Record<FeedbackReason, string>>;
    readonly why: (model: string) => string;
    readonly chosenBy: string;
    readonly source: Readonly<Record<DecisionPart['source'], string>>;
    readonly presetChose: (preset: string) => string;
    readonly evidence: (source: string, confidence: string) => string;
    readonly noEvidence: string;
    readonly needs: string;
    readonly strategy: string;
    readonly lookingUp: string;
    readonly candidates: (shown: number, total: number) => string;
    readonly score: string;
    readonly priority: string;
    readonly published: string;
    readonly noRatings: string;
    readonly exclusions: string;
    readonly exclusion: (reason: ExclusionReason) => string;
    readonly calls: string;
    readonly cause: Readonly<Record<AttemptCause, string>>;
    readonly outcome: Readonly<Record<AttemptOutcome, string>>;
    readonly failure: Readonly<Record<FailureKind, string>>;
    readonly cost: string;
    readonly costOfCalls: (cost: string) => string;
    readonly costOfAnswers: (cost: string) => string;
    readonly unpriced: (count: number) => string;
    readonly saved: (amount: string, model: string) => string;
    readonly spentMore: (amount: string, model: string) => string;
}
/** The texts where none are given. */
declare const ENGLISH_LABELS: ImrsLabels;
/** Some texts in place of the English ones. */
interface LabelsProps {
    readonly labels?: Partial<ImrsLabels> | undefined;
}

/** A preset as `GET /api/v2/presets` gives it; what of it the picker shows. */
interface PresetInfo {
    readonly id: string;
    readonly display_name: string;
    readonly description: string | null;
    readonly order: PresetOrder;
    readonly cost_quality: number | null;
}

interface ShelfState {
    /** Model ids, in the order they were marked. */
    readonly favourites: readonly string[];
    /** Model ids, the last used first; at most five. */
    readonly recent: readonly string[];
}

/** What a host says of a model, in place of what the list says. */
interface ModelDescription {
    /** The search finds it by this name too. Default: its name in the list. */
    readonly name?: string | undefined;
    /** The line below the name. Default: the provider, or what is wrong with the model. */
    readonly note?: string | undefined;
    /** Whether it cannot be chosen. Default: whether it is unavailable. */
    readonly isDisabled?: boolean | undefined;
}
type DescribeModel = (model: ModelInfo) => ModelDescription | undefined;
/** Something that can be chosen. */
interface PickerOption {
    /** What is chosen: a model id, `auto` or `preset:<id>`. */
    readonly value: string;
    readonly name: string;
    readonly description: string | undefined;
    /** Whether it is shown with its reason and cannot be chosen. */
    readonly isDisabled: boolean;
    /** The line below the name, where the host gave one. */
    readonly note: string | undefined;
    /** `undefined`: the router chooses. */
    readonly model: ModelInfo | undefined;
    readonly isNew: boolean;
    readonly priceLevel: PriceLevel | undefined;
    /** Where it stands when nothing puts it further up: its provider. */
    readonly group: string;
    readonly words: readonly string[];
}
/** What of the options is asked for. */
interface PickerFilters {
    readonly search: string;
    /** A provider's name; empty: all. */
    readonly provider: string;
    /** Models without all of these are left out. */
    readonly capabilities: readonly string[];
    readonly isFreeOnly: boolean;
}
/** A row of the list: the name of a group, or an option with its place among the options. */
type PickerRow = {
    readonly kind: 'group';
    readonly name: string;
} | {
    readonly kind: 'option';
    readonly option: PickerOption;
    readonly index: number;
};

/** What the parts of an open picker share. */
interface Picker {
    readonly labels: ImrsLabels;
    readonly catalogue: UseModels;
    readonly selection: UseModel;
    readonly presets: readonly PresetInfo[];
    readonly shelf: ShelfState;
    readonly toggleFavourite: (modelId: string) => void;
    readonly options: readonly PickerOption[];
    readonly rows: readonly PickerRow[];
    /** The values of the options in `rows`, in that order. */
    readonly values: readonly string[];
    readonly filters: PickerFilters;
    readonly filter: (change: Partial<PickerFilters>) => void;
    /** What the details are shown of: highlighted last. */
    readonly shown: PickerOption | undefined;
    readonly show: (value: string | undefined) => void;
    /** Models to be compared, at most four. */
    readonly compared: readonly string[];
    readonly toggleCompared: (modelId: string) => void;
    readonly choose: (value: string) => void;
    /** The name of what can be chosen, or the value itself. */
    readonly nameOf: (value: string | undefined) => string;
}

/** What an option is, for those who draw it themselves. */
interface OptionState {
    readonly isChosen: boolean;
    readonly isFavourite: boolean;
}
type RenderOption = (option: PickerOption, state: OptionState) => ReactNode;

interface ModelPickerProps extends LabelsProps {
    /** Put on the outermost element. */
    readonly className?: string | undefined;
    /** The conversation the choice is for: while it answers, the picker says which model finishes and which is next. */
    readonly chat?: Chat | undefined;
    /** Whether *Auto*, the presets and the dial are offered. Default: `true`. */
    readonly offersAuto?: boolean | undefined;
    /** Which models are offered. Keep the function the same between renders. Default: all. */
    readonly isOffered?: ((model: ModelInfo) => boolean) | undefined;
    /** Says of a model what the list does not: another name, a note, whether it can be chosen. Keep the function the same between renders. */
    readonly describeModel?: DescribeModel | undefined;
    /** Called when somebody presses an option that cannot be chosen. Default: nothing happens. */
    readonly onRefused?: ((option: PickerOption) => void) | undefined;
    /** Draws the inside of an option; `undefined` leaves it as it is. No buttons or links in it. */
    readonly renderOption?: RenderOption | undefined;
    /** Draws the inside of the button. */
    readonly renderCurrent?: ((picker: Picker) => ReactNode) | undefined;
    /** Draws what stands beside the list, in place of the details. */
    readonly renderDetails?: ((picker: Picker) => ReactNode) | undefined;
}
/**
 * A button that says which model answers next and opens a list to choose from: a combobox with a
 * listbox after WAI-ARIA, with search, filters, groups, details and a comparison. Without a style
 * sheet it is plain; every element has a `data-imrs` name and `data-*` states.
 */
declare function ModelPicker({ labels: some, className, chat, offersAuto, isOffered, describeModel, renderCurrent, ...slots }: ModelPickerProps): ReactElement;

interface CostQualityDialProps extends LabelsProps {
    readonly className?: string | undefined;
}
/**
 * What a lower price is worth to the automatic choice, from 0 (quality only) to 1 (price only): a
 * slider whose position is kept in this browser and goes with each question that *Auto* or the
 * default of the agent answers. Turning it while a model is chosen, or a preset, chooses *Auto*.
 */
declare function CostQualityDial({ labels: some, className }: CostQualityDialProps): ReactElement;

interface SelectionNoticesProps extends LabelsProps {
    /** The name of a model id. Default: the id. */
    readonly nameOf?: ((modelId: string | undefined) => string) | undefined;
}
/** What became of a choice whose model is gone, each with a button that puts it away. */
declare function SelectionNotices({ labels: some, nameOf, }: SelectionNoticesProps): ReactElement;

/** How a model did at one kind of task. */
interface TaskPerformance {
    readonly taskType: string;
    /** 0 to 1; `undefined` without ratings. */
    readonly rating: number | undefined;
    /** The 95 % interval of the rating. */
    readonly ratingLow: number | undefined;
    readonly ratingHigh: number | undefined;
    readonly ratingCount: number;
    /** Milliseconds, of half of the answers. */
    readonly p50LatencyMs?: number | undefined;
    readonly p50FirstPartMs: number | undefined;
}

interface ModelDetailsProps extends LabelsProps {
    readonly model: ModelInfo;
    readonly className?: string | undefined;
    /** What was measured. Default: what the server tells of models with enough ratings. */
    readonly performance?: readonly TaskPerformance[] | undefined;
}
/** What is known of one model: state, prices, context, abilities, and what was measured of it. */
declare function ModelDetails({ model, labels: some, className, performance, }: ModelDetailsProps): ReactElement;

interface ModelComparisonProps extends LabelsProps {
    /** Two to four of them; more are shown too, and no longer fit. */
    readonly models: readonly ModelInfo[];
    readonly className?: string | undefined;
    /** Shows a button for each model that calls this. Default: none is shown. */
    readonly onRemove?: ((modelId: string) => void) | undefined;
}
/** Models side by side: one column each, one row for each fact and each kind of task. */
declare function ModelComparison({ models, labels: some, className, onRemove, }: ModelComparisonProps): ReactElement;

interface ProviderHealthDashboardProps extends LabelsProps {
    readonly className?: string | undefined;
    /** Draws the inside of a provider's card. */
    readonly renderProvider?: ((provider: ProviderHealth) => ReactNode) | undefined;
}
/** How each provider is, with its models and when it was looked at; follows the server's events. */
declare function ProviderHealthDashboard({ labels: some, className, renderProvider, }: ProviderHealthDashboardProps): ReactElement;

/** A reason that was pressed. */
interface ChosenReason {
    readonly messageId: string;
    readonly thumb: 'up' | 'down';
    readonly reason: string;
    /** `false`: it was taken back. */
    readonly isChosen: boolean;
}
type Reasons = Readonly<Record<'up' | 'down', readonly string[]>>;
interface FeedbackButtonsProps extends LabelsProps {
    readonly messageId: string;
    readonly className?: string | undefined;
    /** The thumb from an earlier visit, as the host stored it. Default: none. */
    readonly initialThumb?: Thumb;
    /** Its reasons, likewise. Default: none. */
    readonly initialReasons?: readonly FeedbackReason[];
    /**
     * Offered after a thumb; leaving them out is fine, and so are several. Those of the router's list go
     * to it with the thumb and are shown as `labels.reason` has them; others are shown as they are, and
     * are the host's alone. `false`: none are offered. Default: the router's list.
     */
    readonly reasons?: Reasons | false | undefined;
    /** Called when a reason was chosen or taken back. */
    readonly onReason?: ((reason: ChosenReason) => void) | undefined;
    /** Called when a thumb was given, taken back or, by *Undo*, given back, before the server has it. */
    readonly onRate?: ((thumb: Thumb) => void) | undefined;
}
/** Thumbs for one answer, with their reasons. Pressing the one that is on takes it back. */
declare function FeedbackButtons({ labels: some, className, reasons, onReason, ...props }: FeedbackButtonsProps): ReactElement;

interface DecisionChipProps extends LabelsProps {
    /** Of the answer, from the first moment. */
    readonly decision: DecisionPart;
    readonly fallbacks?: readonly FallbackPart[] | undefined;
    /** Whether the answer has ended: the ranking and the calls are stored then, and are read when the chip is open. Default: `true`. */
    readonly isOver?: boolean | undefined;
    /** The name of a model id. Default: the one in the list, else the id. */
    readonly nameOf?: ((modelId: string) => string) | undefined;
    /** Draws the line that is always seen. No buttons or links in it. */
    readonly renderSummary?: ((decision: DecisionPart) => ReactNode) | undefined;
    readonly className?: string | undefined;
}
/**
 * Which model answers and why, in one line; opened, with the task, the models that took over, the
 * candidates with their scores, what was left out, and the calls with what each cost.
 */
declare function DecisionChip({ decision, fallbacks, isOver, nameOf, renderSummary, labels: some, className, }: DecisionChipProps): ReactElement;

interface CostMeterProps extends LabelsProps {
    /** `messages` of a conversation. */
    readonly messages: readonly ChatEntry[];
    /** A model id: what the same tokens would have cost with it is compared. Default: nothing is. */
    readonly baselineModel?: string | undefined;
    readonly className?: string | undefined;
}
/** What a conversation has cost, and what it saved against always using one model. */
declare function CostMeter({ messages, baselineModel, labels: some, className, }: CostMeterProps): ReactElement;
/** What answers cost, those that were given again included. */
interface ChatCost {
    /** US dollars of the answers whose cost is known. */
    readonly costUsd: number;
    /** Answers that ended and whose cost is not known. */
    readonly unpriced: number;
    /** Of the answers whose cost is known. */
    readonly inputTokens: number;
    readonly outputTokens: number;
}
declare function costOf(messages: readonly ChatEntry[]): ChatCost;

export { CostMeter, CostQualityDial, DecisionChip, ENGLISH_LABELS, FeedbackButtons, ModelComparison, ModelDetails, ModelPicker, ProviderHealthDashboard, SelectionNotices, costOf };
export type { ChatCost, ChosenReason, CostMeterProps, CostQualityDialProps, DecisionChipProps, DescribeModel, FeedbackButtonsProps, ImrsLabels, LabelsProps, ModelComparisonProps, ModelDescription, ModelDetailsProps, ModelPickerProps, OptionState, Picker, PickerFilters, PickerOption, PickerRow, PresetInfo, PriceLevel, ProviderHealthDashboardProps, RenderOption, SelectionNoticesProps, ShelfState, TaskPerformance };

// ---- feedback-store.d.ts ----

import { Runtime, ModelsResponse, PreferenceResponse, ErrorCode, TriedModel, UserContent, AnswerPart, ToolCallPart, DecisionPart, FallbackPart, WarningPart, EndPart, ChatBody, ModelInfo, ModelsProviderInfo, FeedbackReason } from '@imrs/core';

/** What the browser lends to the client: a part of core's `Runtime`, so that a test runtime fits. */
type ClientRuntime = Pick<Runtime, 'now' | 'sleep' | 'random' | 'fetch' | 'newId'>;

/** Names of headers and their values. */
type HeaderFields = Readonly<Record<string, string>>;
interface ClientRequest {
    readonly method?: string | undefined;
    /** Sent as JSON. */
    readonly body?: unknown;
    readonly headers?: HeaderFields | undefined;
    readonly signal?: AbortSignal | undefined;
    /** How often it is made at most. Default: 1. */
    readonly tries?: number | undefined;
}
/** Talks to the server. Rejects with an {@link ImrsClientError}, or with the reason of an abort. */
interface ClientHttp {
    /** The answer, whatever it holds. `304` is an answer. */
    readonly send: (path: string, request?: ClientRequest) => Promise<Response>;
    readonly json: <Body>(path: string, request?: ClientRequest) => Promise<Body>;
}

/** Where a model of another name went. */
interface ModelMigration {
    readonly oldId: string;
    readonly newId: string;
    readonly reason: 'renamed' | 'moved' | 'deprecated';
    /** `false`: it is offered, and followed when the user says so. */
    readonly automaticMigration: boolean;
}

/** Where the client keeps what may outlive the page. It never holds a key or a message. */
interface ClientStorage {
    /** `null` when there is none. May throw; then there is none. */
    readonly getItem: (key: string) => string | null;
    /** May throw, as a full or forbidden `localStorage` does; then nothing is kept. */
    readonly setItem: (key: string, value: string) => void;
}
/** Storage that ends with the page, for tests and for hosts that want nothing kept. */
declare function memoryStorage(): ClientStorage;

/** State that can be watched: what `useSyncExternalStore` takes. The methods need no `this`. */
interface Store<State> {
    /** The same object until something changes. */
    readonly getSnapshot: () => State;
    /** What a server renders, and the browser at first. */
    readonly getServerSnapshot: () => State;
    /** Returns the function that ends it. */
    readonly subscribe: (listener: () => void) => () => void;
}

/** Options of {@link createImrsClient}. */
interface ImrsClientOptions {
    /** Where the handler of `@imrs/http` answers, without a slash at its end. Default: this origin. */
    readonly baseUrl?: string | undefined;
    /** Whether cookies go along. Default: `same-origin`. */
    readonly credentials?: RequestCredentials | undefined;
    /** Headers of every request, asked for each time: a bearer token. Default: none. */
    readonly headers?: (() => HeaderFields | Promise<HeaderFields>) | undefined;
    /** What is chosen when a chosen model is gone. Default: `auto`. */
    readonly defaultModel?: string | undefined;
    /** Where models of other names went. The server's own aliases are asked after these. Default: none. */
    readonly migrations?: readonly ModelMigration[] | undefined;
    /** The models, as the server rendered them. */
    readonly initialModels?: ModelsResponse | undefined;
    /** The user's choice, as the server rendered it. */
    readonly initialPreference?: PreferenceResponse | undefined;
    /** Whether the list follows the server's events while it is shown. Default: `true`. */
    readonly isLive?: boolean | undefined;
    /** The header that takes a user's own key, by provider id, as the server names them. Default: none. */
    readonly userKeyHeaders?: HeaderFields | undefined;
    /** What the names in the storage begin with. Tell apart users who share a browser by it. Default: `imrs`. */
    readonly storagePrefix?: string | undefined;
    /** Default: the page's `localStorage`. */
    readonly storage?: ClientStorage | undefined;
    /** Default: the browser's. */
    readonly fetch?: typeof globalThis.fetch | undefined;
    /** Time, chance, waiting and ids. Default: the browser's. */
    readonly runtime?: ClientRuntime | undefined;
}
/** Headers with the keys the user gave; empty when there are none. */
interface UserKeys {
    readonly headers: HeaderFields;
}
/** What the parts of a client share. */
interface ClientContext {
    readonly options: ImrsClientOptions;
    readonly http: ClientHttp;
    readonly runtime: ClientRuntime;
    readonly storage: ClientStorage;
    /** The name of something in the storage. */
    readonly keyOf: (name: string) => string;
    readonly userKeys: Store<UserKeys>;
    readonly part: ImrsClient['part'];
}
/**
 * One connection to a router, shared by all hooks below a `ModelProvider`. Making it does nothing:
 * each part begins its work when somebody watches it.
 */
interface ImrsClient {
    /**
     * The part that a factory makes, made once for each client: `client.part(modelsStore)`. What is
     * never asked for is not in your bundle.
     */
    readonly part: <Part>(factory: (context: ClientContext) => Part) => Part;
    /**
     * Uses a key of the user's own for a provider, `undefined` takes it back. It is held in memory
     * alone, and ends with the page.
     *
     * @throws Error when `userKeyHeaders` names no header for the provider.
     */
    readonly setUserKey: (providerId: string, key: string | undefined) => void;
}
/** Connects to the HTTP API of `@imrs/http`. No request is made, and the page is not touched. */
declare function createImrsClient(options?: ImrsClientOptions): ImrsClient;

/** The server's codes, and what can go wrong on the way to it. */
type ClientErrorCode = ErrorCode | 'unreachable' | 'broken-off' | 'unreadable';
interface ClientErrorFields {
    /** HTTP status; absent when no answer came. */
    readonly status?: number | undefined;
    readonly field?: string | undefined;
    readonly requestId?: string | undefined;
    readonly retryAfterMs?: number | undefined;
    readonly cause?: unknown;
}
/** A request that did not work. `message` is for people: what happened and what to do. */
declare class ImrsClientError extends Error implements ClientErrorFields {
    readonly name = "ImrsClientError";
    readonly code: ClientErrorCode;
    readonly status: number | undefined;
    readonly field: string | undefined;
    readonly requestId: string | undefined;
    readonly retryAfterMs: number | undefined;
    constructor(code: ClientErrorCode, message: string, fields?: ClientErrorFields);
    /** Whether the same request may work later: no answer came, or one that is the server's fault. */
    get isRetryable(): boolean;
}

/** What a person can do about a failure. */
type FailureAction = 
/** Send it again. */
'retry'
/** Send it again after `retryAfterMs`. */
 | 'wait' | 'choose-another-model' | 'shorten' | 'change-request' | 'sign-in'
/** Only who runs the service can: a key is missing, a budget is used up. */
 | 'ask-operator';
/** Why there is no answer, or only a part of one. */
interface ChatFailure {
    readonly code: ClientErrorCode;
    /** For people: what happened and what to do. */
    readonly message: string;
    readonly action: FailureAction;
    readonly isRetryable: boolean;
    readonly retryAfterMs?: number | undefined;
    /** What was tried, in that order; empty when nothing was. */
    readonly tried: readonly TriedModel[];
    readonly requestId?: string | undefined;
}

/** What was asked. */
interface QuestionEntry {
    readonly role: 'user';
    readonly id: string;
    readonly content: string | readonly UserContent[];
}
/** What tools answered to calls of an answer, by the id of the call. */
type ToolResults = Readonly<Record<string, string>>;
/** An answer, as far as it has come. JSON all through: it may be stored and opened again. */
interface AnswerEntry {
    readonly role: 'assistant';
    readonly id: string;
    /** `waiting`: no word yet, though perhaps the decision. */
    readonly status: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
    /** As they came; text that came together is one part. */
    readonly parts: readonly AnswerPart[];
    readonly text: string;
    readonly reasoning: string;
    readonly toolCalls: readonly ToolCallPart[];
    /** What was answered to them, as far as it has come. */
    readonly toolResults?: ToolResults | undefined;
    /** Which model was chosen and why; before any text. */
    readonly decision?: DecisionPart | undefined;
    readonly fallbacks: readonly FallbackPart[];
    readonly warnings: readonly WarningPart[];
    /** What was asked for: a model id, `auto`, `preset:<id>`; absent when nothing was chosen. */
    readonly asked?: string | undefined;
    /** The model that answers: the one decided on, or the one that took over. */
    readonly model?: string | undefined;
    readonly modelName?: string | undefined;
    /** The server's id, to rate it by. */
    readonly messageId?: string | undefined;
    readonly inputTokens: number;
    readonly outputTokens: number;
    /** US dollars; `undefined` is unknown, never free. */
    readonly costUsd?: number | undefined;
    readonly end?: EndPart | undefined;
    readonly failure?: ChatFailure | undefined;
    /** Answers to the same question that this one took the place of, the oldest first. */
    readonly earlier: readonly AnswerEntry[];
}
type ChatEntry = QuestionEntry | AnswerEntry;

/** Options of {@link createChat}. */
interface ChatOptions {
    /** A conversation to go on with; its models need not exist any more. Default: none. */
    readonly initialMessages?: readonly ChatEntry[] | undefined;
    /** Said to the model before all else. */
    readonly system?: string | undefined;
    /** Sent with each request: `agentId`, `sessionId`, `temperature`, … */
    readonly request?: Omit<ChatBody, 'messages' | 'model' | 'provider'> | undefined;
    /** Whether `regenerate`, `override` and `continue` are told to the router as what they say of an answer. Default: `true`. */
    readonly sendsSignals?: boolean | undefined;
    /** Called when an answer has ended, well or not. */
    readonly onAnswer?: ((answer: AnswerEntry) => void) | undefined;
}
interface ChatState {
    readonly messages: readonly ChatEntry[];
    /** `waiting`: sent, and no word yet. */
    readonly status: 'idle' | 'waiting' | 'streaming';
    /** The answer that is being given: it stays on its model, whatever is chosen meanwhile. */
    readonly running: AnswerEntry | undefined;
}
interface SendOptions {
    /** For this answer alone. Default: the user's choice. */
    readonly model?: string | undefined;
}
/** A conversation. */
interface Chat extends Store<ChatState> {
    /**
     * Asks. Resolves when the answer has ended, well or not: what went wrong is in the answer. While an
     * answer is being given nothing is sent, and it resolves with `false`.
     */
    readonly send: (content: string | readonly UserContent[], options?: SendOptions) => Promise<boolean>;
    /** Asks the last question again, also after a failure; the answer it had is kept as an earlier one. */
    readonly regenerate: (options?: SendOptions) => Promise<boolean>;
    /**
     * Gives what tools answered to calls of the last answer, by the id of the call. Once each of its
     * calls has a result, what was asked for then is asked to go on; until then, and while an answer is
     * being given, nothing is sent, and it resolves with `false`.
     */
    readonly giveToolResults: (results: ToolResults, options?: SendOptions) => Promise<boolean>;
    /** Ends the answer that is being given; what had come is kept. */
    readonly stop: () => void;
}
/** Begins a conversation, or goes on with one. */
declare function createChat(client: ImrsClient, options?: ChatOptions): Chat;

/** Something the user should be told about the choice. Stays until it is dismissed. */
type SelectionNotice = 
/** The chosen model has another name now, which was chosen. */
{
    readonly type: 'migrated';
    readonly from: string;
    readonly to: string;
}
/** The chosen model is gone; another one takes its place, if the user says so. */
 | {
    readonly type: 'migration-offered';
    readonly from: string;
    readonly to: string;
}
/** The chosen model is gone, or cannot be chosen; `to` was chosen instead. */
 | {
    readonly type: 'invalid-selection';
    readonly from: string;
    readonly to: string | undefined;
    readonly message?: string | undefined;
}
/** The server did not take the choice; it holds in this browser, and is sent again when it is back. */
 | {
    readonly type: 'not-saved';
    readonly model: string;
    readonly message: string;
};
interface SelectionState {
    /** A model id, `auto` or `preset:<id>`; `undefined` when nobody chose: the server's default answers. */
    readonly model: string | undefined;
    /** Whether the server was not heard yet, and nothing is known of an earlier choice. */
    readonly isLoading: boolean;
    readonly isSaving: boolean;
    /** Whether the choice holds in this browser alone. */
    readonly isLocal: boolean;
    /**
     * What a lower price is worth where the router chooses, from 0 (quality only) to 1 (price only), as
     * the user said in this browser; `undefined`: as the service is set up.
     */
    readonly costQuality: number | undefined;
    readonly notices: readonly SelectionNotice[];
    readonly error: ImrsClientError | undefined;
}

/** {@link selectionStore}. */
interface SelectionStore extends Store<SelectionState> {
    /**
     * Chooses a model id, `auto` or `preset:<id>` for the next requests. Seen at once here and in other
     * tabs; resolves when the server has heard or cannot be reached. A choice that the server refuses is
     * taken back, with a notice.
     */
    readonly select: (model: string) => Promise<void>;
    /** Chooses what a `migration-offered` notice offers. */
    readonly accept: (notice: SelectionNotice) => Promise<void>;
    readonly dismiss: (notice: SelectionNotice) => void;
    /**
     * Sets what a lower price is worth, from 0 (quality only) to 1 (price only); `undefined` leaves it to
     * the service. Kept in this browser, the same in all of its tabs, and sent with each question that
     * `auto` or the default of the agent answers.
     */
    readonly setCostQuality: (costQuality: number | undefined) => void;
}
/**
 * The user's choice: kept by the server, and in the storage for when that is down. When a list comes
 * in which the chosen model is missing, the choice follows it to its new name or falls back to the
 * default, and a notice says so.
 */
declare function selectionStore(context: ClientContext): SelectionStore;

/** What {@link useModel} gives. */
interface UseModel extends SelectionState {
    /** The chosen model, when it is one and the list has it. */
    readonly modelInfo: ModelInfo | undefined;
    readonly select: SelectionStore['select'];
    readonly accept: SelectionStore['accept'];
    readonly dismiss: SelectionStore['dismiss'];
    readonly setCostQuality: SelectionStore['setCostQuality'];
}
/** The model the user chose, for the next answer; kept over reloads, the same in all tabs. */
declare function useModel(): UseModel;

/** How a provider is. */
interface ProviderHealth extends ModelsProviderInfo {
    readonly providerId: string;
    /** As its models name it. */
    readonly name: string;
}
interface ModelsState {
    readonly models: readonly ModelInfo[];
    /** `undefined` until there is a list. */
    readonly metadata: ModelsResponse['metadata'] | undefined;
    /** Whether there is no list yet, and one is on its way. */
    readonly isLoading: boolean;
    /** Whether a list is on its way, though there is one. */
    readonly isRefreshing: boolean;
    /** Whether what is shown is a copy, or the last reading failed. */
    readonly isStale: boolean;
    /** Why the last reading failed. The models of the one before stay. */
    readonly error: ImrsClientError | undefined;
    /** Providers that are degraded or down. */
    readonly warnings: readonly ProviderHealth[];
    /** Models that their provider has listed for less than 14 days, as the server says. */
    readonly newModelIds: ReadonlySet<string>;
}

interface RefreshOptions {
    /** Has the server read the providers' lists again, past its caches. It allows a few a minute. */
    readonly force?: boolean | undefined;
}
/** {@link modelsStore}. */
interface ModelsStore extends Store<ModelsState> {
    /**
     * Reads the list again. Resolves when that has ended, well or not: `error` says so. A call while
     * another of the same kind is on its way waits for that one.
     */
    readonly refresh: (options?: RefreshOptions) => Promise<void>;
}
/**
 * The catalogue. Read when it is first watched: the local copy of the last 24 hours is shown at once,
 * as stale, and the server asked behind it; then again when the window is looked at after a minute,
 * when the connection is back, and when the server tells of changes.
 */
declare function modelsStore(context: ClientContext): ModelsStore;

/** What {@link useModels} gives. */
interface UseModels extends ModelsState {
    readonly refresh: ModelsStore['refresh'];
}
/**
 * The catalogue, kept up to date. The copy of an earlier visit within 24 hours is there at once, with
 * `isStale`, while the server is asked; when that fails the models stay and `error` says why.
 */
declare function useModels(): UseModels;

/** A thumb; `undefined`: none is given. */
type Thumb = 'up' | 'down' | undefined;
interface FeedbackState {
    /** As the user sees it: at once, and as before when the server refuses. */
    readonly thumb: Thumb;
    /** Why, likewise; empty without a thumb, and when nobody said. */
    readonly reasons: readonly FeedbackReason[];
    /** The rating that counts on the answer, 0 to 1, as the server said last; `undefined`: none. */
    readonly rating: number | undefined;
    readonly isSaving: boolean;
    /** Why the last thumb was not taken. */
    readonly error: ImrsClientError | undefined;
}
/** What a user thinks of one answer. */
interface MessageFeedback extends Store<FeedbackState> {
    /**
     * Gives a thumb with its reasons, 1 to 5, or without; or takes it back with `undefined`. It replaces the
     * thumb and the reasons that were there. Of several quick ones the last counts.
     */
    readonly rate: (thumb: Thumb, reasons?: readonly FeedbackReason[]) => Promise<void>;
    /** Gives back the thumb and the reasons from before the last change: none, when nothing was set before. */
    readonly undo: () => Promise<void>;
    /** Tells that the answer was copied. Never rejects: it is a hint. */
    readonly copied: () => Promise<void>;
}
interface FeedbackParts {
    /** The same object for the same answer. */
    readonly of: (messageId: string, initial?: Thumb, initialReasons?: readonly FeedbackReason[]) => MessageFeedback;
}
/** Thumbs on answers, shared by all that show the same answer. */
declare function feedbackStores(context: ClientContext): FeedbackParts;

export { createImrsClient as B, feedbackStores as D, memoryStorage as E, modelsStore as G, ImrsClientError as I, selectionStore as J, useModel as K, useModels as L, createChat as z };
export type { AnswerEntry as A, Chat as C, FeedbackState as F, HeaderFields as H, MessageFeedback as M, ProviderHealth as P, QuestionEntry as Q, RefreshOptions as R, Store as S, Thumb as T, UseModels as U, UseModel as a, ChatEntry as b, ClientContext as c, ImrsClientOptions as d, ImrsClient as e, ChatState as f, ChatOptions as g, ChatFailure as h, ClientErrorCode as i, ClientErrorFields as j, ClientHttp as k, ClientRequest as l, ClientRuntime as m, ClientStorage as n, FailureAction as o, FeedbackParts as p, ModelMigration as q, ModelsState as r, ModelsStore as s, SelectionNotice as t, SelectionState as u, SelectionStore as v, SendOptions as w, ToolResults as x, UserKeys as y };

// ---- index.d.ts ----

import { I as ImrsClientError, S as Store, c as ClientContext, d as ImrsClientOptions, e as ImrsClient, f as ChatState, C as Chat, g as ChatOptions, T as Thumb, F as FeedbackState, M as MessageFeedback, U as UseModels, P as ProviderHealth } from './feedback-store.js';
export { A as AnswerEntry, b as ChatEntry, h as ChatFailure, i as ClientErrorCode, j as ClientErrorFields, k as ClientHttp, l as ClientRequest, m as ClientRuntime, n as ClientStorage, o as FailureAction, p as FeedbackParts, H as HeaderFields, q as ModelMigration, r as ModelsState, s as ModelsStore, Q as QuestionEntry, R as RefreshOptions, t as SelectionNotice, u as SelectionState, v as SelectionStore, w as SendOptions, x as ToolResults, a as UseModel, y as UserKeys, z as createChat, B as createImrsClient, D as feedbackStores, E as memoryStorage, G as modelsStore, J as selectionStore, K as useModel, L as useModels } from './feedback-store.js';
import { CatalogEvent, ProviderHealthChangedEvent, Attempt, Decision, FeedbackReason, ModelInfo } from '@imrs/core';
import { ReactNode, ReactElement } from 'react';

interface ResourceState<Data> {
    readonly data: Data | undefined;
    readonly isLoading: boolean;
    readonly error: ImrsClientError | undefined;
}

type Travelled<Event> = Event extends unknown ? Omit<Event, 'seq' | 'atMs'> & {
    /** ISO 8601. */
    readonly at: string;
} : never;
/** What changed in the catalogue, or how a provider is, as `GET /api/models/events` tells it. */
type CatalogNews = Travelled<CatalogEvent> | Travelled<ProviderHealthChangedEvent>;
interface CatalogEventsState {
    /** The newest first, at most 100, since somebody began to watch. */
    readonly events: readonly CatalogNews[];
    /** `off`: nobody watches. `waiting`: the connection was lost and is made again. */
    readonly status: 'off' | 'connecting' | 'open' | 'waiting';
}
/** {@link catalogEvents}. */
interface CatalogEvents extends Store<CatalogEventsState> {
    /**
     * Calls back with what came together, while the store is watched; with nothing when it is connected
     * again, since something may have been missed. Returns the function that ends it.
     */
    readonly listen: (listener: (news: readonly CatalogNews[]) => void) => () => void;
}
/**
 * The server's catalogue events, over `fetch`, so that headers go along. Connected while it is
 * watched on a page that can be seen: browsers allow six connections to a server over HTTP/1.1, for
 * all tabs together. Afterwards, and after a loss, it says which event was the last, so that none is
 * missed.
 */
declare function catalogEvents(context: ClientContext): CatalogEvents;

/** Why a model was chosen and what came of it, as `GET /api/decisions/{id}` tells it. */
interface DecisionInfo extends Pick<Decision, 'messageId' | 'agentId' | 'source' | 'strategy' | 'task' | 'requiredCapabilities' | 'candidates' | 'candidateCount' | 'exclusions' | 'propensity' | 'replayable'> {
    readonly decisionId: string;
    /** ISO 8601. */
    readonly decidedAt: string;
    /** For people. */
    readonly sentence: string;
    readonly model: string;
    readonly preset: string | null;
    /** The dial of the question, where it ruled; absent from servers that know no dial. */
    readonly costQuality?: number | null;
    /** The dial of the question, where it ruled nothing: the strategy has none, or the choice was not the router's. */
    readonly ignoredCostQuality?: number | null;
    /** The calls it led to, in the order they were made. */
    readonly calls: readonly DecisionCall[];
}
/** One call to a model. */
interface DecisionCall extends Pick<Attempt, 'cause' | 'outcome' | 'totalMs'> {
    readonly model: string;
    readonly failureKind: Attempt['failureKind'] | null;
    readonly startedAt: string;
    readonly firstPartMs: number | null;
    readonly inputTokens: number | null;
    readonly outputTokens: number | null;
    /** US dollars; `null` is unknown. */
    readonly costUsd: number | null;
}

interface ModelProviderProps extends ImrsClientOptions {
    /** A client made elsewhere; the other options are not looked at then. */
    readonly client?: ImrsClient | undefined;
    readonly children?: ReactNode;
}
/**
 * Gives the hooks below it one client. Without `client` it makes one of its options, once: later
 * changes of them are not seen; give it a `key` to begin anew, for another user for example.
 */
declare function ModelProvider({ client, children, ...options }: ModelProviderProps): ReactElement;
/**
 * The client of the `ModelProvider` above.
 *
 * @throws Error when there is none.
 */
declare function useImrsClient(): ImrsClient;

/** The state of a store, and a render for each change of it. */
declare function useStore<State>(store: Store<State>): State;

/** What {@link useChat} gives. */
interface UseChat extends ChatState {
    readonly send: Chat['send'];
    readonly regenerate: Chat['regenerate'];
    readonly giveToolResults: Chat['giveToolResults'];
    readonly stop: Chat['stop'];
    /** What answers next: the user's choice; `undefined` when nobody chose. */
    readonly nextModel: string | undefined;
    /** The model of the answer that is being given, which it keeps; `undefined` when none is, or it is not decided. */
    readonly runningModel: {
        readonly id: string;
        readonly name: string;
    } | undefined;
    /** The conversation itself, to be shared with components or kept when this one is gone. */
    readonly chat: Chat;
}
/**
 * A conversation. It begins with the component and, unless `chat` is given, ends with it; options are
 * looked at once. An answer that is being given goes on when the component is gone.
 */
declare function useChat(options?: ChatOptions & {
    readonly chat?: Chat | undefined;
}): UseChat;

/** What {@link useDecision} gives. */
interface UseDecision extends ResourceState<DecisionInfo> {
    readonly reload: () => Promise<void>;
}
/** Why a model was chosen, with candidates, scores and calls. `undefined` reads nothing. */
declare function useDecision(decisionId: string | undefined): UseDecision;

interface FeedbackOptions {
    /** The thumb it has from an earlier visit, as the host stored it. Default: none. */
    readonly initialThumb?: Thumb;
    /** Its reasons, likewise. Default: none. */
    readonly initialReasons?: readonly FeedbackReason[];
}
/** What {@link useFeedback} gives. */
interface UseFeedback extends FeedbackState {
    readonly rate: MessageFeedback['rate'];
    readonly undo: MessageFeedback['undo'];
    readonly copied: MessageFeedback['copied'];
}
/** The user's thumb on one answer, by its `messageId`. */
declare function useFeedback(messageId: string, { initialThumb, initialReasons }?: FeedbackOptions): UseFeedback;

/** What {@link useProviderHealth} gives. */
interface UseProviderHealth extends Pick<UseModels, 'isLoading' | 'isRefreshing' | 'isStale' | 'error' | 'refresh'> {
    /** All of them, by name. */
    readonly providers: readonly ProviderHealth[];
}
/** How each provider is, kept up to date by the server's events. */
declare function useProviderHealth(): UseProviderHealth;

/** What changes in the catalogue while the component is there, the newest first. */
declare function useCatalogEvents(): CatalogEventsState;

/** What code that used a static list knows of one model. */
interface ModelDetails {
    readonly provider: string;
    readonly name: string;
    /** Empty when there is none. */
    readonly description: string;
    readonly capabilities: readonly string[];
    readonly premium: boolean;
    readonly vision: boolean;
    /** Context window in tokens. */
    readonly contextMax?: number;
    readonly apiVersion?: string;
    /** US dollars per token. */
    readonly pricing?: NonNullable<ModelInfo['pricing']>;
}
/** A catalogue as the constants that a hand-written `providers.ts` exported. */
interface CompatCatalog {
    /** Ids of models that can be used now, sorted. */
    readonly MODELS: readonly string[];
    /** By id; also those that cannot be used now, so that old chats can name their model. */
    readonly modelDetails: Readonly<Record<string, ModelDetails>>;
    readonly defaultModel: string;
}
interface CompatOptions {
    /** The id of the model that answers when nobody chose one. */
    readonly defaultModel: string;
}
/**
 * A list of models in the synchronous shape of a static one. Frozen, and a copy of its moment; the
 * same models give the same result, whatever their order. Unlike the one of `@imrs/catalog` it takes
 * a `defaultModel` that is not in the list: in a browser the list may be on its way.
 */
declare function compatCatalog(models: readonly ModelInfo[], { defaultModel }: CompatOptions): CompatCatalog;
/** {@link liveCatalog}. */
interface LiveCatalog extends CompatCatalog {
    /** Ends following the catalogue. */
    readonly stop: () => void;
}
/**
 * `MODELS` and `modelDetails` that stay the same objects and are filled anew whenever the catalogue
 * changes, so that a module can export them and code that imported them keeps working. They begin
 * with `initialModels`, else with the local copy, else empty. A component that shows them has to
 * render again when they change: call `useModels()` in the component that renders your app.
 */
declare function liveCatalog(client: ImrsClient, options: CompatOptions): LiveCatalog;

/** `MODELS`, `modelDetails` and `defaultModel` as of now: new ones when the catalogue changes. */
declare function useCompatCatalog({ defaultModel }: CompatOptions): CompatCatalog;

export { Chat, ChatOptions, ChatState, ClientContext, FeedbackState, ImrsClient, ImrsClientError, ImrsClientOptions, MessageFeedback, ModelProvider, ProviderHealth, Store, Thumb, UseModels, catalogEvents, compatCatalog, liveCatalog, useCatalogEvents, useChat, useCompatCatalog, useDecision, useFeedback, useImrsClient, useProviderHealth, useStore };
export type { CatalogEvents, CatalogEventsState, CatalogNews, CompatCatalog, CompatOptions, DecisionCall, DecisionInfo, FeedbackOptions, LiveCatalog, ModelDetails, ModelProviderProps, ResourceState, UseChat, UseDecision, UseFeedback, UseProviderHealth };
