// The public types of @imrs/providers. Written by `npm run api:update`.

// ---- index.d.ts ----

import { ProviderPolicy, ProviderDefinition, Capability, ModelPricing, ProviderType, ProviderFamily } from '@imrs/core';

/** What every provider factory takes. */
interface ProviderOptions {
    /** Id of the provider in the catalogue: lower-case letters, digits, `_`, `-`; 50 at most. */
    readonly id?: string | undefined;
    /** Name for people, 100 characters at most. */
    readonly displayName?: string | undefined;
    /** Base URL of the API: `http:` or `https:`, without credentials, query or fragment. */
    readonly apiBase?: string | undefined;
    /** Path of the model list below {@link apiBase}. Default: `/models`. */
    readonly modelsEndpoint?: string | undefined;
    /** Sent with every request. Never for keys: those come from the secret store. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
    /** Requests a minute the account may make. Default: no limit of ours. */
    readonly rateLimitRpm?: number | undefined;
    /** How the router treats it: burst, repetitions, the address that is asked how it is. */
    readonly policy?: ProviderPolicy | undefined;
    /**
     * `true`: the address may lead into a private network or to this machine. `false`: it is checked
     * and refused there. Default: what was written in code is not checked; a row that came through the
     * API is.
     */
    readonly allowPrivateNetwork?: boolean | undefined;
}

/** Options of {@link openRouter}. */
interface OpenRouterOptions extends ProviderOptions {
    /** Address of your app, shown on OpenRouter's rankings (`HTTP-Referer`). */
    readonly appUrl?: string | undefined;
    /** Name of your app there (`X-Title`). */
    readonly appTitle?: string | undefined;
}
/**
 * OpenRouter: the models of many makers behind one key. The provider's id is `openrouter`.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function openRouter(options?: OpenRouterOptions): ProviderDefinition;

/** Options of {@link openai}. */
interface OpenAiOptions extends ProviderOptions {
    /** The organisation that is billed, when the key belongs to several (`OpenAI-Organization`). */
    readonly organization?: string | undefined;
    /** The project that is billed (`OpenAI-Project`). */
    readonly project?: string | undefined;
}
/**
 * OpenAI itself. The provider's id is `openai`.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function openai(options?: OpenAiOptions): ProviderDefinition;

/** Options of {@link requesty}. */
type RequestyOptions = ProviderOptions;
/**
 * Requesty: the models of many makers behind one key. The provider's id is `requesty`. For the
 * European router set `apiBase` to `https://router.eu.requesty.ai/v1`.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function requesty(options?: RequestyOptions): ProviderDefinition;

/** The names under which servers take the limit of the answer. */
declare const MAX_TOKENS_PARAMETERS: readonly ["max_tokens", "max_completion_tokens"];
/** One of {@link MAX_TOKENS_PARAMETERS}. */
type MaxTokensParameter = (typeof MAX_TOKENS_PARAMETERS)[number];
/** How usage comes with a stream. */
declare const STREAM_USAGES: readonly ["requested", "automatic"];
/** One of {@link STREAM_USAGES}. */
type StreamUsage = (typeof STREAM_USAGES)[number];

/** Options of {@link openaiCompatible}. */
interface OpenAiCompatibleOptions extends ProviderOptions {
    /** Id of the provider in the catalogue: lower-case letters, digits, `_`, `-`; 50 at most. */
    readonly id: string;
    /** Base URL of the API, with its version: `https://api.groq.com/openai/v1`. */
    readonly apiBase: string;
    /** `false` for a server that takes requests without a key, such as Ollama. Default: `true`. */
    readonly needsCredential?: boolean | undefined;
    /** Which parameter limits the answer. Default: `max_tokens`. */
    readonly maxTokensParameter?: MaxTokensParameter | undefined;
    /**
     * `requested`: streams are asked for usage with `stream_options`. `automatic`: for servers that
     * refuse that field. Default: `requested`, except for hosts known to refuse it.
     */
    readonly streamUsage?: StreamUsage | undefined;
}
/**
 * Any other server that speaks OpenAI's chat completions; for some there are factories with the
 * address filled in: `groq()`, `ollama()` and their like.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function openaiCompatible(options: OpenAiCompatibleOptions): ProviderDefinition;

/** Options of {@link google}. The last segment of `apiBase` may name the API version. */
type GoogleOptions = ProviderOptions;
/**
 * Google's Gemini API. The provider's id is `google`.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function google(options?: GoogleOptions): ProviderDefinition;

/** Options of {@link anthropic}. */
type AnthropicOptions = ProviderOptions;
/**
 * Anthropic itself. The provider's id is `anthropic`.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function anthropic(options?: AnthropicOptions): ProviderDefinition;

/** A model that you have deployed. What is not said is taken from what is known of the model. */
interface AzureDeployment {
    /** The deployment's own name; what the model is called by. */
    readonly name: string;
    /** OpenAI's name of the model: `gpt-4o-mini`. */
    readonly model: string;
    readonly displayName?: string | undefined;
    readonly contextLength?: number | undefined;
    readonly maxOutputTokens?: number | undefined;
    readonly capabilities?: readonly Capability[] | undefined;
    readonly pricing?: ModelPricing | undefined;
}
/** Options of {@link azure}: `endpoint` or `resource`, and the deployments. */
interface AzureOptions extends Omit<ProviderOptions, 'apiBase' | 'modelsEndpoint'> {
    /** `https://my-resource.openai.azure.com`, without a path. */
    readonly endpoint?: string | undefined;
    /** `my-resource`. */
    readonly resource?: string | undefined;
    /** Azure lists deployments only through its management API, so they are named here. */
    readonly deployments: readonly AzureDeployment[];
    /** `2024-10-21`: uses the older addresses, one for each deployment. Default: the v1 API. */
    readonly apiVersion?: string | undefined;
}
/**
 * OpenAI's models on Azure. The provider's id is `azure`.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function azure(options: AzureOptions): ProviderDefinition;

/** Options of the factories that know the address and the rest; each can be replaced. */
type PresetOptions = Partial<OpenAiCompatibleOptions>;
/**
 * Groq. The provider's id is `groq`.
 *
 * @throws ConfigError when an option is wrong, as all factories here.
 */
declare function groq(options?: PresetOptions): ProviderDefinition;
/** Mistral. The provider's id is `mistral`. */
declare function mistral(options?: PresetOptions): ProviderDefinition;
/** Together. The provider's id is `together`. */
declare function together(options?: PresetOptions): ProviderDefinition;
/** DeepSeek. The provider's id is `deepseek`. */
declare function deepSeek(options?: PresetOptions): ProviderDefinition;
/** Ollama on this machine, without a key. The provider's id is `ollama`. */
declare function ollama(options?: PresetOptions): ProviderDefinition;
/** vLLM on this machine, without a key. The provider's id is `vllm`. */
declare function vllm(options?: PresetOptions): ProviderDefinition;
/** LM Studio on this machine, without a key. The provider's id is `lmstudio`. */
declare function lmStudio(options?: PresetOptions): ProviderDefinition;

/** The family that serves each provider type. A `custom` row may go without a key. */
declare const families: Readonly<Record<ProviderType, ProviderFamily>>;
/** The family for a provider row. */
declare function familyFor(providerType: ProviderType): ProviderFamily;

export { anthropic, azure, deepSeek, families, familyFor, google, groq, lmStudio, mistral, ollama, openRouter, openai, openaiCompatible, requesty, together, vllm };
export type { AnthropicOptions, AzureDeployment, AzureOptions, GoogleOptions, MaxTokensParameter, OpenAiCompatibleOptions, OpenAiOptions, OpenRouterOptions, PresetOptions, ProviderOptions, RequestyOptions, StreamUsage };
