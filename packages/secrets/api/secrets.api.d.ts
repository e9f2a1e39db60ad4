// The public types of @imrs/secrets. Written by `npm run api:update`.

// ---- index.d.ts ----

import { Runtime, SecretStore, CallOptions } from '@imrs/core';

/** What {@link environmentSecrets} takes. */
interface EnvironmentSecretsOptions {
    /**
     * Variables by provider id, in place of the usual ones; of several the first that is set counts.
     * Default: `${ID}_API_KEY`, and for some providers the names their own clients read.
     */
    readonly variables?: Readonly<Record<string, string | readonly string[]>> | undefined;
    /**
     * Ids of providers made at run time, over the API or with `imrs providers add`, whose keys are in
     * the environment, too. All others made there have none: whoever may make providers would choose
     * the variable by the id, and where it is sent. Default: the ids that the environment variable
     * `IMRS_API_PROVIDERS` lists, with commas or spaces between them; it is read anew each time.
     */
    readonly apiProviders?: readonly string[] | undefined;
    /** Default: the real world. */
    readonly runtime?: Pick<Runtime, 'environment'> | undefined;
}
/**
 * Keys from environment variables, read anew each time. Read-only: a key is changed where the
 * environment is made.
 */
declare function environmentSecrets(options?: EnvironmentSecretsOptions): SecretStore;

/**
 * Keys in this process's memory, gone when it ends. For tests, and for hosts that get keys from
 * elsewhere and hand them over.
 *
 * `initial` is by provider id, or by path where a provider's key lies elsewhere than
 * `secret/llm/{provider_id}`.
 *
 * @throws ImrsError `invalid-request` for a key that cannot be sent.
 */
declare function memorySecrets(initial?: Readonly<Record<string, string>>): SecretStore;

/**
 * The environment variables a provider's key is looked for in, in order: `openrouter` →
 * `OPENROUTER_API_KEY`, `my-proxy` → `MY_PROXY_API_KEY`, `google` → `GEMINI_API_KEY`, `GOOGLE_API_KEY`.
 */
declare function variablesOf(providerId: string): readonly string[];

/** A role id and a secret id, as AppRole logins want them. */
interface VaultAppRoleIds {
    readonly roleId: string;
    readonly secretId: string;
}
/** Uses a token that somebody else obtained. */
interface VaultTokenAuth {
    /**
     * The token, or a function that is called for each login: at first, and when the last token has
     * ended or is refused. A Vault Agent's sink file is read in such a function.
     */
    readonly token: string | ((options: CallOptions) => string | Promise<string>);
}
/** Logs in with AppRole. The token that Vault gives is this store's own. */
interface VaultAppRoleAuth {
    /** The ids, or a function that is called for each login. */
    readonly appRole: VaultAppRoleIds | ((options: CallOptions) => VaultAppRoleIds | Promise<VaultAppRoleIds>);
    /** Where the AppRole method is mounted below `auth/`. Default: `approle`. */
    readonly mount?: string | undefined;
}
/** How the store proves who it is. */
type VaultAuth = VaultTokenAuth | VaultAppRoleAuth;

/** What is passed on to the TLS connection. */
interface VaultTlsOptions {
    /** Certificates, PEM, that are trusted in place of the system's. */
    readonly ca?: string | Buffer | readonly (string | Buffer)[] | undefined;
    /** The client certificate, PEM. */
    readonly cert?: string | Buffer | undefined;
    readonly key?: string | Buffer | undefined;
    readonly pfx?: string | Buffer | undefined;
    readonly passphrase?: string | undefined;
    /** The name the certificate must bear, where it is not that of the address. */
    readonly servername?: string | undefined;
}

/** The parts of the runtime that the store uses. */
type VaultRuntime = Pick<Runtime, 'monotonic' | 'sleep' | 'environment'>;
/** What {@link vaultSecrets} takes. */
interface VaultSecretsOptions {
    /** `https://vault.example.com:8200`. Default: `VAULT_ADDR`. */
    readonly address?: string | undefined;
    /** Default: the token in `VAULT_TOKEN`. */
    readonly auth?: VaultAuth | undefined;
    /** Sent as `X-Vault-Namespace`. Default: `VAULT_NAMESPACE`, else none. */
    readonly namespace?: string | undefined;
    /** Where the KV v2 engine is mounted. Default: `secret`. */
    readonly mount?: string | undefined;
    /** The field of a secret that holds the key. Default: `api_key`. */
    readonly field?: string | undefined;
    /** Own certificate authority, client certificate. Certificates are always verified. */
    readonly tls?: VaultTlsOptions | undefined;
    /** After how long one request to Vault counts as failed. Default: `5_000`. */
    readonly timeoutMs?: number | undefined;
    /**
     * How long a key that was read is used before it is read anew. In between, Vault is asked before
     * each use whether it still serves this store's token; no key is sent for that. Default: `300_000`.
     */
    readonly leaseMs?: number | undefined;
    /**
     * How long after Vault's last answer a leased key may still be used when Vault cannot be reached.
     * Not for a sealed Vault, nor one that refuses the token. Default: `0`, not at all.
     */
    readonly exposureWindowMs?: number | undefined;
    /** Writes only when nobody else wrote since the secret was looked at. Default: `false`. */
    readonly checkAndSet?: boolean | undefined;
    /**
     * When the token is renewed. `on-use`: with the first use after two thirds of its life; no timer
     * runs. `background`: also while nothing is used, which keeps the process alive until `close`;
     * for a token that ends and cannot be obtained again. Default: `on-use`.
     */
    readonly renewal?: 'on-use' | 'background' | undefined;
    /** `close` revokes the token, if this store logged in for it. Default: `false`. */
    readonly revokeOnClose?: boolean | undefined;
    /** Default: the real world. */
    readonly runtime?: VaultRuntime | undefined;
}

/**
 * Keys in HashiCorp Vault or OpenBao, KV v2, at `secret/llm/{provider_id}`.
 *
 * A key that was read is leased: held in memory for `leaseMs`. Vault is still asked before each use;
 * when it cannot be reached, is sealed or refuses the token, the leases are dropped and `read` throws
 * `secret-store-unavailable`, so that no call is made. Concurrent reads share their requests. A read
 * that is aborted rejects with the signal's reason, and ends its request unless others wait for it.
 *
 * A write is a new version and replaces all fields of the secret. A removal deletes the newest
 * version, which Vault can undelete. Nothing is read from Vault before the first call.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function vaultSecrets(options?: VaultSecretsOptions): SecretStore;

export { environmentSecrets, memorySecrets, variablesOf, vaultSecrets };
export type { EnvironmentSecretsOptions, VaultAppRoleAuth, VaultAppRoleIds, VaultAuth, VaultRuntime, VaultSecretsOptions, VaultTlsOptions, VaultTokenAuth };
