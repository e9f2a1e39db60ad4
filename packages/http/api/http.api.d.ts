// The public types of @imrs/http. Written by `npm run api:update`.

// ---- create-handler.d.ts ----

import { Runtime } from '@imrs/core';
import { Router } from '@imrs/router';

/** What the bearer of a credential may do. */
declare const ROLES: readonly ["platform_admin", "tenant_admin", "agent_user", "agent"];
type Role = (typeof ROLES)[number];
/** Who makes a request, as an {@link Authenticator} proved it. Nothing of it is ever read from a body. */
interface Identity {
    readonly tenantId: string;
    /** Whose answers, preference and ratings these are. Absent for machines that act for nobody. */
    readonly userId?: string | undefined;
    readonly roles: readonly Role[];
    /** The only agents this identity may speak for. Default: every agent of its tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** Who it is in the audit: `user:u1`, `key:build-server`. */
    readonly actor: string;
}
interface Authenticated {
    readonly identity: Identity;
    /** A `Set-Cookie` header for the answer, where the identity was made just now. */
    readonly setCookie?: string | undefined;
}
/** One way of proving who one is. */
interface Authenticator {
    /** `bearer` and `cookie` credentials are told apart in the OpenAPI document and in cross-site checks. */
    readonly kind: 'bearer' | 'cookie' | 'none';
    /**
     * `undefined` when the request brings no credential of this kind; then the next one is asked.
     * Called concurrently.
     *
     * @throws ImrsError `unauthenticated` for a credential that is not good. Its message names what is
     * wrong and never the credential.
     */
    authenticate(request: Request): Promise<Authenticated | undefined>;
}

/** How often a caller may use an endpoint: one budget of requests for all endpoints of a class. */
type RateClass = 'read' | 'write' | 'chat' | 'refresh';

/** Requests that one caller may make in a minute, by class. */
type RateLimits = Readonly<Record<RateClass, number>>;
/** What is told of a failure nobody expected. The error stays on this side. */
interface FailureReport {
    readonly requestId: string;
    readonly operationId: string;
    readonly error: unknown;
}
interface CorsOptions {
    /** The origins whose pages may call, as browsers write them: `https://app.example.com`. */
    readonly origins: readonly string[];
    /** Whether those pages may send cookies. Default: `false`. */
    readonly allowCredentials?: boolean | undefined;
}
interface HttpOptions {
    /** Stays yours: it is not closed here. */
    readonly router: Router;
    /** Ways to prove who one is, asked in this order; the first that knows the request's credential counts. */
    readonly authentication: readonly Authenticator[];
    /** Where the paths begin, when the door is not mounted at the root: `/imrs`. Default: `''`. */
    readonly basePath?: string | undefined;
    /** The agent of requests that name none. Default: `default`. */
    readonly defaultAgentId?: string | undefined;
    /** Which pages of other origins may call. Default: none. */
    readonly cors?: CorsOptions | undefined;
    /** Default: `10_485_760`, 10 MiB. */
    readonly maxBodyBytes?: number | undefined;
    /** Requests a caller may make in a minute, in this process. Default: 600 reads, 120 writes, 60 chats, 6 refreshes. */
    readonly rateLimits?: Partial<RateLimits> | undefined;
    /**
     * Streams of events, `GET /api/models/events`, that a caller may have open at once, in this process;
     * ten times as many for those who are counted by address, which many may share. Default: `10`.
     */
    readonly maxOpenStreams?: number | undefined;
    /**
     * Behind a proxy: the address of the client, as the proxy's header says it. Callers without a
     * credential, and visitors who come for the first time, are counted by it. Default: the address of
     * the connection where the handler is told it (`nodeListener` tells it); without one they share a count.
     */
    readonly clientAddressOf?: ((request: Request) => string | undefined) | undefined;
    /** Whether `GET /api/models` and its events need no credential. Default: `false`. */
    readonly publicModels?: boolean | undefined;
    /** Whether users read how the models of the agents they may speak to did, `GET /api/performance`. Default: `false`, admins alone. */
    readonly figuresForUsers?: boolean | undefined;
    /** Lets its bearer refresh lists without limit: the header `x-force-refresh-key`. Default: nobody but platform admins. */
    readonly forceRefreshKey?: string | undefined;
    /** Lets its bearer, and nobody else, read `GET /api/metrics`: for Prometheus. Default: platform admins read it. */
    readonly metricsKey?: string | undefined;
    /** Headers in which users may bring keys of their own, by provider id: `{ openai: 'x-openai-key' }`. The router must allow them too. Default: none. */
    readonly userKeyHeaders?: Readonly<Record<string, string>> | undefined;
    /** Told of failures that are answered with `internal`. Default: nobody is. */
    readonly onFailure?: ((report: FailureReport) => void) | undefined;
    /** Default: the real world. */
    readonly runtime?: Runtime | undefined;
}

/** A door: takes a web-standard request and gives its answer; never rejects. */
interface HttpHandler {
    (request: Request, connection?: Connection): Promise<Response>;
    /** Whether a path is one of the door's, rather than of the app it is mounted in. */
    readonly isOwnPath: (path: string) => boolean;
}
/**
 * A door that can be closed. Stateless but for the answers that are open and for rate limits, which
 * are kept in this process.
 */
interface ClosableHandler extends HttpHandler {
    /**
     * Closes the door: from now on requests are answered with `closed`, streams without an end of their
     * own are ended, and other answers may go on until `deadline` aborts; then they end with `closed`,
     * too. Resolves when none is open; never rejects. The router stays the host's to close afterwards.
     */
    readonly close: (deadline: AbortSignal) => Promise<void>;
}
/** What is known of the connection a request came over. */
interface Connection {
    /** The address at its other end. */
    readonly clientAddress?: string | undefined;
}
/**
 * Opens every door of a router under one handler: REST, chat, the OpenAI-compatible API and the
 * OpenAPI document.
 *
 * @throws ConfigError naming the option that is wrong.
 */
declare function createHandler(httpOptions: HttpOptions): ClosableHandler;

export { ROLES as R, createHandler as g };
export type { Authenticator as A, ClosableHandler as C, FailureReport as F, HttpHandler as H, Identity as I, Authenticated as a, CorsOptions as b, HttpOptions as c, RateClass as d, RateLimits as e, Role as f };

// ---- index.d.ts ----

import { A as Authenticator, I as Identity } from './create-handler.js';
export { a as Authenticated, C as ClosableHandler, b as CorsOptions, F as FailureReport, H as HttpHandler, c as HttpOptions, R as ROLES, d as RateClass, e as RateLimits, f as Role, g as createHandler } from './create-handler.js';
import { Runtime } from '@imrs/core';
import { Router } from '@imrs/router';

declare const SIGNED_WITH_KEYS: readonly ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];
declare const SIGNED_WITH_SECRET: readonly ["HS256", "HS384", "HS512"];
type JwtAlgorithm = (typeof SIGNED_WITH_KEYS)[number] | (typeof SIGNED_WITH_SECRET)[number];
/** Where the claims lie in the token. */
interface JwtClaimNames {
    /** Default: `tenant_id`. */
    readonly tenant?: string | undefined;
    /** Whose answers and choices these are. Default: `sub`. */
    readonly user?: string | undefined;
    /** One role or a list; names that are no roles are passed over. Default: `roles`. */
    readonly roles?: string | undefined;
    /** The only agents the bearer may speak for. Default: `agent_ids`. */
    readonly agents?: string | undefined;
}
interface JwtOptions {
    /** The only `iss` that is believed. */
    readonly issuer: string;
    /** What `aud` must hold. */
    readonly audience: string;
    /** The address of the issuer's public keys, read when they are needed and kept ten minutes. Or {@link secret}. */
    readonly jwksUrl?: string | undefined;
    /** A secret shared with the issuer, 32 bytes at least. Or {@link jwksUrl}. */
    readonly secret?: string | undefined;
    /** What tokens may be signed with. Default: `RS256` and `ES256` with keys, `HS256` with a secret. */
    readonly algorithms?: readonly JwtAlgorithm[] | undefined;
    readonly claims?: JwtClaimNames | undefined;
    /** How far the issuer's clock may be off. Default: 5 seconds. */
    readonly clockToleranceSeconds?: number | undefined;
    /** Default: the real world. */
    readonly runtime?: Runtime | undefined;
}

/**
 * Takes JSON Web Tokens from `Authorization: Bearer`. Signature, algorithm, issuer, audience and
 * expiry are checked; a token without expiry, tenant or a role of ours is refused. Keys of the issuer
 * are read once and shared by requests that come together.
 *
 * @throws ConfigError naming the option that is wrong.
 */
declare function jwtAuthentication(jwtOptions: JwtOptions): Authenticator;

interface AnonymousSessionOptions {
    /** Signs the cookies, 32 bytes at least. The same for all processes; a new one makes everybody a new visitor. */
    readonly secret: string;
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** The agents visitors may speak to. Default: every agent of the tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** How long a visitor stays the same. Default: a year. */
    readonly maxAgeDays?: number | undefined;
    /** Whether the cookie travels over TLS alone. Default: where the request came over TLS. */
    readonly secure?: boolean | undefined;
    /** Default: the real world. */
    readonly runtime?: Runtime | undefined;
}
/**
 * Lets visitors chat and rate without an account: who brings no good cookie becomes a new user of the
 * role `agent_user`, in a cookie that is signed and that scripts cannot read. The last of several
 * authenticators, since it turns nobody away.
 *
 * @throws ConfigError when the secret is too short.
 */
declare function anonymousSessions(options: AnonymousSessionOptions): Authenticator;

interface BearerTokenOptions {
    /** The secret, 32 characters at least, of those that a header takes without spaces. */
    readonly token: string;
    /** Who its bearer is. */
    readonly identity: Identity;
}
/**
 * Lets the bearer of one secret token in, for hosts without an issuer of tokens: an admin of a small
 * installation, a machine. Any other token is left to the next authenticator, and refused by the last.
 *
 * @throws ConfigError when the token is too short, or cannot be sent in a header.
 */
declare function bearerToken({ token, identity }: BearerTokenOptions): Authenticator;

interface ApiKeyOptions {
    /** Whose keys they are. */
    readonly router: Pick<Router, 'apiKeys'>;
}
/**
 * Takes keys of machines from `Authorization: Bearer imrs_…`, as `POST /api/v2/admin/api-keys` makes
 * them. A machine is no user: with the role `agent` it may name the user it speaks for, and what
 * belongs to a user alone is not for it.
 */
declare function apiKeyAuthentication({ router }: ApiKeyOptions): Authenticator;

export { Authenticator, Identity, anonymousSessions, apiKeyAuthentication, bearerToken, jwtAuthentication };
export type { AnonymousSessionOptions, ApiKeyOptions, BearerTokenOptions, JwtAlgorithm, JwtClaimNames, JwtOptions };

// ---- node.d.ts ----

import { IncomingMessage, ServerResponse, Server, RequestListener } from 'node:http';
import { HttpHandler, ClosableHandler } from './index.js';
import { Runtime } from '@imrs/core';
import '@imrs/router';

/** What Node's own server, Express and Connect call. */
type NodeListener = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void;
/**
 * Serves a handler from Node's own server, or as middleware of Express. As middleware it takes only
 * paths that are its own and leaves the others to the next one; it must stand before whatever reads
 * bodies. A client that goes away ends what was done for it.
 */
declare function nodeListener(handler: HttpHandler): NodeListener;

/** Where and how patiently to listen. */
interface ServeHttpOptions {
    /** `0` takes any that is free. Default: `8787`. */
    readonly port?: number | undefined;
    /** The address to listen on. Default: `127.0.0.1`, which only this machine reaches. */
    readonly host?: string | undefined;
    /** How long a client may take to send its headers, milliseconds. Default: `10_000`. */
    readonly headersTimeoutMs?: number | undefined;
    /** How long a client may take to send its whole request, milliseconds. Default: `60_000`. */
    readonly requestTimeoutMs?: number | undefined;
    /** How long a connection without a request stays open, milliseconds. Behind a proxy: longer than the proxy keeps it. Default: `65_000`. */
    readonly keepAliveMs?: number | undefined;
    /** How long a client may take none of what was written for it before it is cut, milliseconds. Default: `60_000`. */
    readonly stalledMs?: number | undefined;
    /** Connections open at once; one more is closed at once. Default: `10_000`. */
    readonly maxConnections?: number | undefined;
    /** What is closed with the server where that is not what is served: the door that an app of Express has. */
    readonly door?: ClosableHandler | undefined;
    /** Default: the real world. */
    readonly runtime?: Pick<Runtime, 'sleep'> | undefined;
}
/** A server that listens. */
interface ServedHttp {
    /** `http://127.0.0.1:8787`, without a slash at its end. */
    readonly url: string;
    readonly server: Server;
    /**
     * Takes no more connections, cuts those without a request, closes the handler and resolves when the
     * answers that were open have ended. Once `deadline` aborts, those of the handler are ended, and what
     * a second later is still not read is cut; without one they take as long as they take. Called again
     * without a deadline it cuts all of them at once. Never rejects. The router stays yours to close,
     * afterwards.
     */
    readonly close: (deadline?: AbortSignal) => Promise<void>;
}
/**
 * Serves a handler, or the listener of an app that has one, on a port, so that slow clients hold nothing up: whoever sends no headers, no whole
 * request, or does not read what is written for it in time is cut, and there is a most of connections.
 *
 * An answer that is still being made is never cut for being slow: a model may think for minutes.
 *
 * @throws ConfigError naming the option that is wrong, or the port that cannot be listened on.
 */
declare function serveHttp(served: HttpHandler | ClosableHandler | RequestListener, options?: ServeHttpOptions): Promise<ServedHttp>;

export { nodeListener, serveHttp };
export type { NodeListener, ServeHttpOptions, ServedHttp };
