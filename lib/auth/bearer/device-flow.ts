/**
 * Sign-in by device code (RFC 8628), for a program that has no browser: the library speaks the protocol, and each of its requests goes
 * through the door that it is given. Nothing here dials.
 */
import {
  ClientError,
  Configuration,
  customFetch,
  genericGrantRequest,
  initiateDeviceAuthorization,
  None,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import { readObject } from '#lib/wire/oauth/json.ts';
import { Secret } from '../secret.ts';
import type { RunSecrets } from './run-secrets.ts';

/** A sign-in service that described itself, and whose addresses were judged. */
export interface SignInService {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly deviceEndpoint: string;
}

/** A program as the sign-in service knows it, and the way to that service. */
export interface OauthClient {
  readonly service: SignInService;
  readonly clientId: string;
  /** Sends a request to the host of this address, over a connection that was judged; throws only what its network throws. */
  readonly send: (url: URL, request: HttpRequest) => Promise<HttpAnswer>;
  readonly secrets: RunSecrets;
}

/** The service said no, in its own words; or what it said is of no use. */
export type NoToken =
  | { readonly kind: 'refused'; readonly error: string; readonly description: string }
  | { readonly kind: 'unusable'; readonly reason: string; readonly status?: number };

export interface DeviceCode {
  readonly deviceCode: Secret;
  /** For the person alone. */
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | null;
  readonly expiresInMs: number;
  readonly intervalMs: number;
}

export type CodeAnswer = { readonly kind: 'code'; readonly code: DeviceCode } | NoToken;
export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: Secret }
  | { readonly kind: 'pending' }
  | { readonly kind: 'slow-down' }
  | NoToken;

/** What a service says if it says nothing. RFC 8628 3.2 */
const USUAL_INTERVAL_S = 5;
/** Nobody types for longer, and no server wants to be asked less often than once a minute, or more often than once a second. */
const BOUNDS = { expiresS: [1, 1_800], intervalS: [1, 60] } as const;

/** Asks for a code. RFC 8628 3.1, 3.2 */
export async function requestCode(client: OauthClient, scope: string | null): Promise<CodeAnswer> {
  const said = await answered(initiateDeviceAuthorization(configured(client), scope === null ? {} : { scope }));
  if (!('device_code' in said)) return said;
  const { device_code, user_code, verification_uri, verification_uri_complete, expires_in, interval } = said;
  return {
    kind: 'code',
    code: {
      deviceCode: Secret.of(device_code),
      userCode: user_code,
      verificationUri: verification_uri,
      verificationUriComplete: verification_uri_complete ?? null,
      expiresInMs: within(expires_in, BOUNDS.expiresS) * 1_000,
      intervalMs: within(interval ?? USUAL_INTERVAL_S, BOUNDS.intervalS) * 1_000,
    },
  };
}

/** Asks once whether somebody has typed the code. RFC 8628 3.4, 3.5 */
export async function requestToken(client: OauthClient, deviceCode: Secret): Promise<TokenAnswer> {
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  const said = await answered(genericGrantRequest(configured(client), grant, { device_code: deviceCode.reveal() }));
  if ('access_token' in said) {
    const token = Secret.of(said.access_token);
    if (said.token_type !== 'bearer') return { kind: 'unusable', reason: 'its token is not a Bearer token' };
    return { kind: 'token', token };
  }
  if (said.kind === 'refused' && said.error === 'authorization_pending') return { kind: 'pending' };
  const isBusy = said.kind === 'refused' ? said.error === 'slow_down' : BUSY.includes(said.status ?? 0);
  if (isBusy) return { kind: 'slow-down' };
  return said;
}

/** Who sends these wants to be asked later. RFC 6585 4, RFC 9110 15.6.4 */
const BUSY = [429, 503];

const within = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(Math.max(value, least), most);

/** A public client: a program that many people have keeps no secret. */
function configured({ service, clientId, send, secrets }: OauthClient): Configuration {
  const { issuer, tokenEndpoint, deviceEndpoint } = service;
  const server = { issuer, token_endpoint: tokenEndpoint, device_authorization_endpoint: deviceEndpoint };
  const configuration = new Configuration(server, clientId, undefined, None());
  configuration[customFetch] = async (address, { method, headers, body }) => {
    if (method !== 'POST' || !(body instanceof URLSearchParams)) throw new TypeError('an unforeseen kind of request');
    const url = new URL(address);
    const answer = await send(url, requestFor(url, headers, body));
    keepSecrets(answer, secrets);
    return toResponse(answer);
  };
  return configuration;
}

const SECRETS = ['device_code', 'user_code', 'access_token', 'refresh_token', 'id_token'];

/** Before anybody judges the answer: what is in one that cannot be used, or is not needed, is a secret all the same. */
function keepSecrets({ status, body }: HttpAnswer, secrets: RunSecrets): void {
  const read = status === 200 ? readObject(body) : null;
  if (!read?.ok) return;
  for (const name of SECRETS) {
    const value = read.value[name];
    if (typeof value === 'string') secrets.keep(Secret.of(value));
  }
}

function requestFor(url: URL, headers: Readonly<Record<string, string>>, body: URLSearchParams): HttpRequest {
  const usual = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'user-agent');
  return {
    method: 'POST',
    path: url.pathname + url.search,
    headers: [...usual, ['User-Agent', 'Throughline']],
    body: body.toString(),
    answerBytes: ANSWER_BYTES,
  };
}

/** A token with its companions has a few KiB; with hundreds of groups in it, some dozens. */
const ANSWER_BYTES = 256 * 1024;

/** What the library reads of an answer. Everything else in it is a peer's choice and could not be put into a Response at all. */
const READ_HEADERS = ['content-type', 'www-authenticate'];

class Unanswerable extends Error {}

function toResponse({ status, headers, body }: HttpAnswer): Response {
  if (status < 200 || status > 599) throw new Unanswerable(`status ${status}`);
  const read = headers.filter(([name]) => READ_HEADERS.includes(name.toLowerCase()));
  const isBare = [204, 205, 304].includes(status);
  return new Response(isBare ? null : Buffer.from(body), {
    status,
    headers: read.map(([name, value]) => [name, value]),
  });
}

/** The result, or why there is none. What the door threw is thrown on as it was. */
async function answered<T extends object>(asking: Promise<T>): Promise<T | NoToken> {
  try {
    return await asking;
  } catch (error) {
    return noToken(error);
  }
}

function noToken(error: unknown): NoToken {
  if (error instanceof ResponseBodyError) {
    const { error: code, error_description: description } = error;
    return { kind: 'refused', error: code.slice(0, 100), description: oneLine(description) };
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    const { error: code = `status ${error.status}`, error_description: description } = error.cause[0]?.parameters ?? {};
    return { kind: 'refused', error: code.slice(0, 100), description: oneLine(description) };
  }
  if (!(error instanceof ClientError)) throw error;
  const { cause } = error;
  if (cause instanceof Unanswerable) return { kind: 'unusable', reason: `it answers with ${cause.message}` };
  // What has no code of its own came out of the door.
  if (error.code === undefined) throw cause ?? error;
  if (cause instanceof Response && cause.status !== 200)
    return { kind: 'unusable', reason: `it answers with status ${cause.status}`, status: cause.status };
  return { kind: 'unusable', reason: reasonFor(error.code) };
}

/** Microsoft's service adds numbers and times in further lines. The library does not look whether it is a text. */
function oneLine(description: unknown): string {
  return typeof description === 'string' ? (description.split(/[\r\n]/, 1)[0] ?? '').slice(0, 400) : '';
}

function reasonFor(code: string): string {
  switch (code) {
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
    case 'OAUTH_PARSE_ERROR':
      return 'its answer is not JSON';
    case 'OAUTH_INVALID_RESPONSE':
      return 'its answer lacks what it must hold';
    default:
      return `its answer cannot be used (${code})`;
  }
}
