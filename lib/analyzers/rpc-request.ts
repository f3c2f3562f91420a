/** What the test of RPC over HTTP (Outlook Anywhere) is asked: beside the mailbox what a profile holds that was typed in by hand. */
import type { Args } from '#lib/result/message.ts';
import { speaksRpcHttp } from './clients.ts';
import { isTicked, type MailboxRequest, notSpoken, parseMailboxFields } from './mailbox-request.ts';
import type { ParsedRequest, Values } from './request.ts';
import { errorsIn, errorsOf, type Field, parseHost, parsePrincipal } from './target.ts';

/** The names in a profile's "proxy authentication settings". */
export const rpcAuthMethods = ['basic', 'ntlm', 'negotiate'] as const;
export type RpcAuth = (typeof rpcAuthMethods)[number];

export interface RpcRequest extends MailboxRequest {
  readonly analyzer: 'rpc-http';
  /** The host of the RPC proxy; null: the one that Autodiscover names. */
  readonly server: string | null;
  /** Whom the proxy is to connect to: `<guid>@<domain>` since Exchange 2013, a host before; null: what Autodiscover names. */
  readonly rpcServer: string | null;
  /** Whom Outlook expects in the proxy's certificate, with `msstd:`; null: whom Autodiscover names. */
  readonly principal: string | null;
  /** How to sign in at the proxy; null: the best that it offers. */
  readonly rpcAuth: RpcAuth | null;
  /** Port 593 is asked as well, which servers since Exchange 2013 leave unanswered. */
  readonly endpointMapper: boolean;
}

/** @param values beside those of a mailbox `server`, `rpcServer`, `principal`, `rpcAuth`; `endpointMapper`, not empty where it was ticked */
export function parseRpcRequest(values: Values): ParsedRequest {
  const mailbox = parseMailboxFields(values);
  const server = parseProxy(values.server ?? '');
  const rpcServer = parseRpcServer(values.rpcServer ?? '');
  const principal = parsePrincipal(values.principal ?? '');
  const rpcAuth = parseRpcAuth(values);
  if (!mailbox.ok || !server.ok || !rpcServer.ok || !principal.ok || !rpcAuth.ok)
    return { ok: false, errors: [...errorsIn([mailbox]), ...errorsOf({ server, rpcServer, principal, rpcAuth })] };
  if (!speaksRpcHttp(mailbox.value.client))
    return { ok: false, errors: [notSpoken(mailbox.value.client, 'RPC over HTTP')] };
  return {
    ok: true,
    request: {
      analyzer: 'rpc-http',
      ...mailbox.value,
      server: server.value,
      rpcServer: rpcServer.value,
      principal: principal.value,
      rpcAuth: rpcAuth.value,
      endpointMapper: isTicked(values, 'endpointMapper'),
    },
  };
}

/** What differs from the usual, by the names of the form's fields. */
export function rpcOptions({ principal, rpcAuth, endpointMapper }: RpcRequest): Args {
  return {
    ...(principal !== null && { principal }),
    ...(rpcAuth !== null && { rpcAuth }),
    ...(endpointMapper && { endpointMapper: 'yes' }),
  };
}

const bad = (message: string): Field<never> => ({ ok: false, message });

/** A profile has room for the host alone: the path is always /rpc/rpcproxy.dll, and the port 443. */
function parseProxy(text: string): Field<string | null> {
  const proxy = text.trim();
  if (proxy === '') return { ok: true, value: null };
  if (/^[^/:]+\//.test(proxy)) return bad('Only the host belongs here, without a path, such as mail.contoso.example.');
  if (/^([^:]+|\[.*\]):\d+$/.test(proxy)) return bad('Only the host belongs here, without a port: Outlook uses 443.');
  return parseHost(proxy);
}

/** Shorter than that, in the query of the proxy's URL. [MS-RPCH] 2.2.2 */
const LONGEST_SERVER = 1_023;

function parseRpcServer(text: string): Field<string | null> {
  const server = text.trim();
  if (server === '') return { ok: true, value: null };
  if (server.length > LONGEST_SERVER) return bad('The name of the RPC server is longer than 1,023 characters.');
  const at = server.lastIndexOf('@');
  const host = parseHost(server.slice(at + 1));
  // The name stands in front of a colon and a port, in a query.
  if (!host.ok || host.value.includes(':') || (at >= 0 && !/^[\w.-]+$/.test(server.slice(0, at))))
    return bad('The RPC server is a host, or the long name from the settings: a GUID, an @ and a domain.');
  return { ok: true, value: server.slice(0, at + 1) + host.value };
}

function parseRpcAuth({ rpcAuth = '', signInWith = '' }: Values): Field<RpcAuth | null> {
  if (rpcAuth === '') return { ok: true, value: null };
  const method = rpcAuthMethods.find((name) => name === rpcAuth.toLowerCase());
  if (method === undefined)
    return bad(`An RPC proxy lets in by basic, ntlm or negotiate, not by "${rpcAuth.slice(0, 40)}".`);
  if (signInWith !== '' && signInWith !== 'password')
    return bad('Basic, NTLM and Negotiate take a password, but another way to sign in is chosen.');
  return { ok: true, value: method };
}
