/** A test as it was asked for: parsed, complete, without any secret. Web form and command line both end here. */
import type { RunHead } from '#lib/result/events.ts';
import type { Args } from '#lib/result/message.ts';
import { title } from '#lib/result/titles.ts';
import { ENGINE, RULES } from '#lib/result/version.ts';
import type { CertificateRequest } from './certificate-request.ts';
import { type AutodiscoverRequest, type MailboxRequest, mailboxOptions, parseAutodiscover } from './mailbox-request.ts';
import {
  lookingOptions,
  type MapiRequest,
  type OutlookRequest,
  parseMapiRequest,
  parseOutlookRequest,
} from './mapi-request.ts';
import { parseRpcRequest, type RpcRequest, rpcOptions } from './rpc-request.ts';
import { errorsOf, parseHost, parsePins, parsePortField, parsePrincipal } from './target.ts';

export type AnalyzerId = TestRequest['analyzer'];

export type TestRequest =
  | OutlookRequest
  | AutodiscoverRequest
  | MapiRequest
  | RpcRequest
  | {
      readonly analyzer: 'tls';
      readonly name: string;
      readonly host: string;
      readonly port: number;
      /** Whom Outlook expects in the certificate, with `msstd:`. */
      readonly principal?: string;
      /** SHA-256 fingerprints of certificates that were seen from elsewhere; one of them is expected here. Never empty. */
      readonly pins?: readonly string[];
      /** A client certificate comes beside the request, and is opened first. */
      readonly clientCertificate?: true;
    }
  | CertificateRequest;

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export type ParsedRequest =
  | { readonly ok: true; readonly request: TestRequest }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Fields of a form, or options of a command, by their names. */
export type Values = Readonly<Record<string, string | undefined>>;

/**
 * Parses the fields of a form or the options of a command. `certificate`, which takes files, has `parseCertificate` instead.
 * @param values `host`, `port`, `principal`, `pins` and `clientCertificate` (not empty where one was given) for `tls`;
 *   for the tests of a mailbox see `parseMailboxFields`, `parseMapiRequest` and `parseRpcRequest`
 */
export function parseRequest(analyzer: string, values: Values): ParsedRequest {
  switch (analyzer) {
    case 'outlook':
      return parseOutlookRequest(values);
    case 'autodiscover':
      return parseAutodiscover(values);
    case 'mapi-http':
      return parseMapiRequest(values);
    case 'rpc-http':
      return parseRpcRequest(values);
    case 'tls':
      return parseTls(values);
    default:
      return {
        ok: false,
        errors: [{ field: 'analyzer', message: `There is no test called "${analyzer.slice(0, 40)}".` }],
      };
  }
}

function parseTls(values: Values): ParsedRequest {
  const host = parseHost(values.host ?? '');
  const port = parsePortField(values.port ?? '', 443);
  const principal = parsePrincipal(values.principal ?? '');
  const pins = parsePins(values.pins ?? '');
  if (!host.ok || !port.ok || !principal.ok || !pins.ok)
    return { ok: false, errors: errorsOf({ host, port, principal, pins }) };
  return {
    ok: true,
    request: {
      analyzer: 'tls',
      name: host.value,
      host: host.value,
      port: port.value,
      ...(principal.value !== null && { principal: principal.value }),
      ...(pins.value.length > 0 && { pins: pins.value }),
      ...((values.clientCertificate ?? '') !== '' && { clientCertificate: true }),
    },
  };
}

/** The first event of a run: what is known before the first packet. */
export function headOf(request: TestRequest, vantage: RunHead['vantage'], ahead: number): RunHead {
  return {
    engine: ENGINE,
    rules: RULES,
    analyzer: request.analyzer,
    startedAt: new Date().toISOString(),
    title: title('run.title', { target: request.name }),
    ...describeTarget(request),
    vantage,
    ahead,
  };
}

function describeTarget(request: TestRequest): { target: Args; options: Args } {
  const { name } = request;
  switch (request.analyzer) {
    case 'autodiscover':
      return { target: mailboxTarget(request), options: mailboxOptions(request) };
    case 'outlook':
    case 'mapi-http':
      return {
        target: mailboxTarget(request),
        options: { ...mailboxOptions(request), ...lookingOptions(request) },
      };
    case 'rpc-http':
      return { target: mailboxTarget(request), options: { ...mailboxOptions(request), ...rpcOptions(request) } };
    case 'tls':
      return {
        target: { name, host: request.host, port: String(request.port) },
        options: {
          ...(request.principal !== undefined && { principal: request.principal }),
          ...(request.pins !== undefined && { pins: request.pins }),
          ...(request.clientCertificate && { clientCertificate: 'yes' }),
        },
      };
    case 'certificate':
      return {
        target: { name, ...(request.hosts.length > 0 && { hosts: request.hosts }) },
        options: certificateOptions(request),
      };
  }
}

/** The mailbox, who signs in, and the servers that were typed in, by the names of the form's fields. */
function mailboxTarget(request: MailboxRequest & { server?: string | null; rpcServer?: string | null }): Args {
  const { name, mailbox: email, user: username, server = null, rpcServer = null } = request;
  return { name, email, username, ...(server !== null && { server }), ...(rpcServer !== null && { rpcServer }) };
}

/** What differs from the usual, by the names of the form's fields. */
function certificateOptions({ at, usage, fetch, roots }: CertificateRequest): Args {
  return {
    ...(at !== null && { time: new Date(at).toISOString() }),
    ...(usage !== 'server' && { usage }),
    ...(!fetch && { noFetch: 'yes' }),
    ...(roots.list === 'given' && { onlyRoots: 'yes' }),
    ...(roots.list === 'public' && { publicRoots: 'yes' }),
    ...(roots.given.length > 0 && { givenRoots: roots.given.length }),
  };
}
