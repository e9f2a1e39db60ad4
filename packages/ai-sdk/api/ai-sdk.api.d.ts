// The public types of @imrs/ai-sdk. Written by `npm run api:update`.

// ---- index.d.ts ----

import { Capability, ModelPricing, ProviderPolicy, ProviderDefinition, ChatRequest, FallbackPart, FailureKind, DecisionSource, WarningPart, ErrorPart } from '@imrs/core';
import { LanguageModelV4, SharedV4ProviderMetadata, ProviderV4 } from '@ai-sdk/provider';
import { z } from 'zod';
import { Router } from '@imrs/router';

/** One model of the AI SDK's, and what its catalogue row is to say. */
interface AiSdkModel {
    /** Of the current specification, `v4`. An older one is brought up to it by the SDK's `wrapLanguageModel`. */
    readonly model: LanguageModelV4;
    /** The name it has in the catalogue, behind the provider's id. Default: the model's own. */
    readonly id?: string | undefined;
    /** Default: the name in the catalogue. */
    readonly displayName?: string | undefined;
    readonly description?: string | undefined;
    /** What it can do: a request that needs more goes to another model. Default: `['text']`. */
    readonly capabilities?: readonly Capability[] | undefined;
    /** Tokens. Default: unknown. */
    readonly contextLength?: number | undefined;
    /** Tokens. Default: unknown. */
    readonly maxOutputTokens?: number | undefined;
    /** US dollars per million tokens, as decimal text. Default: unknown, which is not free. */
    readonly pricing?: ModelPricing | undefined;
    /** Parameters it takes, such as `temperature` and `seed`; others are dropped with a warning. Default: unknown, all are passed. */
    readonly supportedParameters?: readonly string[] | undefined;
}
/** Options of `aiSdkProvider`. */
interface AiSdkProviderOptions {
    /** Id of the provider in the catalogue: lower-case letters, digits, `_`, `-`; 50 at most. */
    readonly id: string;
    /** Name for people, 100 characters at most. Default: the id. */
    readonly displayName?: string | undefined;
    readonly models: readonly AiSdkModel[];
    /** Requests a minute the account may make. Default: no limit of ours. */
    readonly rateLimitRpm?: number | undefined;
    /** How the router treats it: burst, repetitions. */
    readonly policy?: ProviderPolicy | undefined;
}

/**
 * Models of the AI SDK as a provider of the router. They are called once for each attempt, without
 * the SDK's own retries: those are the router's. Keys are the models' own; the router needs none.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function aiSdkProvider(options: AiSdkProviderOptions): ProviderDefinition;

/**
 * What a call can say to the router beyond the AI SDK's own settings: as defaults in `createImrs`, and
 * call by call in `providerOptions.imrs`. The fields are those of a request to the router.
 */
type ImrsCallOptions = Pick<ChatRequest, 'tenantId' | 'agentId' | 'userId' | 'sessionId' | 'conversationId' | 'provider' | 'allowedModels' | 'roles' | 'costQuality' | 'allowEmpty' | 'unsupportedParameters' | 'providerOptions'>;
/** Checks {@link ImrsCallOptions}. Fields that it does not know are refused: a misspelt one would do nothing. */
declare const imrsCallOptionsSchema: z.ZodType<ImrsCallOptions>;

/** A model that did not answer, and who took over. */
type ImrsFallback = Pick<FallbackPart, 'from' | 'to' | 'step' | 'reason'> & {
    /** What the model before failed of; absent when it was never called. */
    readonly failureKind?: FailureKind | undefined;
};
/** What the router says of an answer: `providerMetadata.imrs` of every result and every step. */
interface ImrsMetadata {
    /** For `router.explain`. */
    readonly decisionId: string;
    /** For `router.feedback`. */
    readonly messageId: string;
    /** Catalogue id of the model that answered. */
    readonly modelId: string;
    /** Catalogue id of the model that was chosen first; another one answered when there were fallbacks. */
    readonly chosenModelId: string;
    readonly provider: string;
    readonly taskType: string;
    readonly source: DecisionSource;
    readonly strategy: string;
    /** The preset that was asked for; absent when none was. */
    readonly preset?: string | undefined;
    /** One sentence for people. */
    readonly reason: string;
    /** In the order they happened; empty when the first choice answered. */
    readonly fallbacks: readonly ImrsFallback[];
    /** What the caller should know besides; those known before the first word are warnings of the call, too. */
    readonly warnings: readonly Pick<WarningPart, 'code' | 'message'>[];
    /** US dollars of the call that answered; absent is unknown, never free. */
    readonly costUsd?: number | undefined;
    readonly firstPartMs?: number | undefined;
    readonly totalMs?: number | undefined;
}
/** What the router says of a result of the AI SDK; `undefined` when no router answered. */
declare function imrsMetadataOf(providerMetadata: SharedV4ProviderMetadata | undefined): ImrsMetadata | undefined;

/** The part of a router that this package calls. */
type ChatRouter = Pick<Router, 'chat'>;

/** Options of {@link createImrs}: the router, and defaults for every call. */
interface ImrsProviderOptions extends ImrsCallOptions {
    /** It stays yours: nothing here closes it. */
    readonly router: ChatRouter;
}
/** A router as a provider of the AI SDK. */
interface ImrsProvider extends ProviderV4 {
    /** The model of that name: `auto`, a preset, a model id (`openai/gpt-4o`) or an alias. */
    (modelId: string): LanguageModelV4;
    languageModel(modelId: string): LanguageModelV4;
    /** The same as {@link languageModel}. */
    chat(modelId: string): LanguageModelV4;
}
/**
 * Makes a provider of the AI SDK out of a router, for `generateText`, `streamText` and everything that
 * takes a model. Whether there is a model of the name is seen when it is called.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function createImrs(options: ImrsProviderOptions): ImrsProvider;

/** What the router says of a failure: `data` of the AI SDK's `APICallError`. */
interface ImrsErrorData extends Pick<ErrorPart, 'code'>, Partial<Omit<ErrorPart, 'type' | 'code' | 'message'>> {
    /** The field of the request that the error is about. */
    readonly field?: string | undefined;
}
/** What the router says of an error that an AI SDK function threw; `undefined` when it says nothing. */
declare function imrsErrorDataOf(error: unknown): ImrsErrorData | undefined;

export { aiSdkProvider, createImrs, imrsCallOptionsSchema, imrsErrorDataOf, imrsMetadataOf };
export type { AiSdkModel, AiSdkProviderOptions, ChatRouter, ImrsCallOptions, ImrsErrorData, ImrsFallback, ImrsMetadata, ImrsProvider, ImrsProviderOptions };
